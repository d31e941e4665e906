"""Texts in, real footnotes of a Word document out, for which python-docx has no API: their part, styles and references.

Source: ECMA-376-1, 17.11 (footnotes), 17.16.5.37 (NOTEREF).
"""

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.text.paragraph import Paragraph

# Word draws a footnote's line from these two, and settings.xml names them. Ids of texts follow them.
_SEPARATORS = (("separator", -1), ("continuationSeparator", 0))
_EMPTY_PART = f"<w:footnotes {nsdecls('w')}/>"
_SEPARATOR = (
    f'<w:footnote {nsdecls("w")} w:type="{{kind}}" w:id="{{identity}}"><w:p><w:pPr>'
    '<w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr><w:r><w:{kind}/></w:r></w:p></w:footnote>'
)
# By these names Word and WPS know them. Nine points, 小五.
_STYLES = (
    f"""<w:style {nsdecls("w")} w:type="paragraph" w:styleId="FootnoteText">
      <w:name w:val="footnote text"/><w:basedOn w:val="Normal"/>
      <w:pPr><w:snapToGrid w:val="0"/><w:spacing w:line="240" w:lineRule="auto"/><w:jc w:val="left"/></w:pPr>
      <w:rPr><w:rFonts w:eastAsia="宋体"/><w:sz w:val="18"/><w:szCs w:val="18"/></w:rPr>
    </w:style>""",
    f"""<w:style {nsdecls("w")} w:type="character" w:styleId="FootnoteReference">
      <w:name w:val="footnote reference"/><w:basedOn w:val="DefaultParagraphFont"/>
      <w:rPr><w:vertAlign w:val="superscript"/></w:rPr>
    </w:style>""",
)


class Footnotes:
    """The footnotes of a Word document that is being written; Word numbers them as their references stand in it, from 1.

    The document has none yet, and settings that name none.
    """

    def __init__(self, document: Document) -> None:
        self._notes = parse_xml(_EMPTY_PART)
        for kind, identity in _SEPARATORS:
            self._notes.append(parse_xml(_SEPARATOR.format(kind=kind, identity=identity)))
        name = PackURI("/word/footnotes.xml")
        part = XmlPart(name, CONTENT_TYPE.WML_FOOTNOTES, self._notes, document.part.package)
        document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
        for style in _STYLES:
            document.styles.element.append(parse_xml(style))
        named = OxmlElement("w:footnotePr")
        for _, identity in _SEPARATORS:
            named.append(_element("w:footnote", id=identity))
        # The order of settings is fixed: these stand right before what they are compatible with.
        document.settings.element.find(qn("w:compat")).addprevious(named)
        self._count = 0

    def add(self, paragraph: Paragraph, text: str) -> int:
        """Put a new footnote at the end of a paragraph; return its number."""
        self._count += 1
        number = self._count
        note = _element("w:footnote", id=number)
        inside = Paragraph(OxmlElement("w:p"), paragraph)
        note.append(inside._p)
        inside._p.get_or_add_pPr().append(_element("w:pStyle", val="FootnoteText"))
        inside._p.append(_superscript(OxmlElement("w:footnoteRef")))
        inside.add_run(f" {text}")
        self._notes.append(note)
        # The bookmark is what `again` refers to; Word hides those whose names begin with _.
        paragraph._p.append(_element("w:bookmarkStart", id=number, name=_bookmark(number)))
        paragraph._p.append(_superscript(_element("w:footnoteReference", id=number)))
        paragraph._p.append(_element("w:bookmarkEnd", id=number))
        return number

    def again(self, paragraph: Paragraph, number: int) -> None:
        """Put the number of a footnote that stands further up at the end of a paragraph, as Word's own cross-reference."""
        code = OxmlElement("w:instrText")
        code.set(qn("xml:space"), "preserve")
        code.text = f" NOTEREF {_bookmark(number)} \\f \\h "
        shown = OxmlElement("w:t")
        shown.text = str(number)
        for inside in (
            _element("w:fldChar", fldCharType="begin"),
            code,
            _element("w:fldChar", fldCharType="separate"),
            shown,
            _element("w:fldChar", fldCharType="end"),
        ):
            paragraph._p.append(_superscript(inside))


def _bookmark(number: int) -> str:
    return f"_Ref{number:09}"


def _element(tag: str, /, **attributes: object) -> BaseOxmlElement:
    return OxmlElement(tag, {qn(f"w:{key}"): str(value) for key, value in attributes.items()})


def _superscript(inside: BaseOxmlElement) -> BaseOxmlElement:
    run = OxmlElement("w:r")
    properties = OxmlElement("w:rPr")
    properties.append(_element("w:rStyle", val="FootnoteReference"))
    run.extend((properties, inside))
    return run
