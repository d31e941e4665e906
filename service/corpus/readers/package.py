"""Bytes of an Office package (docx, xlsx) in, its parts out, as trees of XML that cost no more than they look."""

import io
import zipfile
from collections.abc import Iterator
from contextlib import suppress

from lxml import etree

from service.errors import UnreadableFile

# All parts of XML together; a tree takes some ten times as much memory.
_LONGEST = 100_000_000
BOMB = "里面的内容解开后异常庞大或含有实体定义，可能是恶意文件；请核实来源，用 Word 或 WPS 另存后再放入"


class Package:
    """The parts of a package, each read when it is asked for.

    :raises UnreadableFile: if it is no whole package, or would swell beyond what any document takes
    """

    def __init__(self, raw: bytes) -> None:
        try:
            self._file = zipfile.ZipFile(io.BytesIO(raw))
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
            raise UnreadableFile("文件不完整（可能没有下载或复制完）；请重新复制后再放入") from None
        parts = [info for info in self._file.infolist() if info.filename.endswith((".xml", ".rels"))]
        if sum(info.file_size for info in parts) > _LONGEST:
            raise UnreadableFile(BOMB)
        if any(info.flag_bits & 1 for info in parts):
            raise UnreadableFile("有密码；请用原来的软件打开，去掉密码后重新保存")

    def names(self) -> list[str]:
        """Return the names of all parts."""
        return self._file.namelist()

    def tree(self, name: str) -> etree._Element | None:
        """Return the root of a part; None where there is no such part.

        :raises UnreadableFile: if it is damaged, or defines entities, which no Office writes
        """
        try:
            content = self._file.read(name)
        except KeyError:
            return None
        except Exception:
            # zlib, checksums, unknown methods: whatever it is, the part is not there.
            raise UnreadableFile("文件已损坏；请用原来的软件打开后重新保存，再放入") from None
        try:
            root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
        except etree.XMLSyntaxError as error:
            if error.code == etree.ErrorTypes.ERR_NO_MEMORY:
                raise MemoryError from None
            # It says the same of a tree that is cut off and of entities that unfold to too much.
            damaged = "文件已损坏；请用原来的软件打开后重新保存，再放入"
            raise UnreadableFile(BOMB if b"<!ENTITY" in content else damaged) from None
        if root.getroottree().docinfo.doctype:
            raise UnreadableFile(BOMB)
        return root

    def attributes(self, name: str, tag: str, attribute: str) -> Iterator[str]:
        """Yield what an attribute says in each element of a part that has it, without a tree of the part; nothing where there
        is no such part, or it is damaged."""
        # Whatever is wrong with the part, who reads it whole finds that, too, and says so.
        with suppress(Exception), self._file.open(name) as part:
            found = etree.iterparse(
                part, tag=("{*}" + tag, "{*}row"), resolve_entities=False, no_network=True, load_dtd=False
            )
            for _, element in found:
                if (said := element.get(attribute)) and etree.QName(element).localname == tag:
                    yield said
                element.clear()
