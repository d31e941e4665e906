"""Nothing in, an empty Word document out, on paper as Chinese offices use it: A4, 仿宋, the margins of official documents."""

from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import docx
from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part, PartFactory
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm
from docx.text.paragraph import Paragraph

# python-docx begins with a letter-sized Western paper, fonts and all; these stand beside the code instead.
_PARTS = (
    ("styles.xml", RELATIONSHIP_TYPE.STYLES, CONTENT_TYPE.WML_STYLES),
    ("settings.xml", RELATIONSHIP_TYPE.SETTINGS, CONTENT_TYPE.WML_SETTINGS),
    ("numbering.xml", RELATIONSHIP_TYPE.NUMBERING, CONTENT_TYPE.WML_NUMBERING),
    ("fontTable.xml", RELATIONSHIP_TYPE.FONT_TABLE, CONTENT_TYPE.WML_FONT_TABLE),
)
# What its paper says of its maker: a picture of it, the program and the language it was made with.
_LEFT_OUT = ("stylesWithEffects", "customXml", "webSettings", "thumbnail", "extended-properties")
_PAGE = f'<w:fldSimple {nsdecls("w")} w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
# What the properties of a package take.
_LONGEST_TITLE = 255


def empty_document(title: str, written: datetime) -> Document:
    """Return an empty document with pages numbered as in official ones, — 1 —, and the styles of parts/styles.xml.

    Source of the margins: GB/T 9704-2012, 5.2.1 (A4, 37 mm above, 28 mm on the left, 156 by 225 mm of text).
    """
    document = docx.Document()
    part = document.part
    for holder in (part, part.package):
        for identity, relationship in list(holder.rels.items()):
            if relationship.reltype.rpartition("/")[2] in _LEFT_OUT:
                del holder.rels[identity]
    for name, kind, content_type in _PARTS:
        part.drop_rel(next(identity for identity, found in part.rels.items() if found.reltype == kind))
        blob = (Path(__file__).parent / "parts" / name).read_bytes()
        # What this class makes is a Part, by its __new__.
        made = cast(Part, PartFactory(PackURI(f"/word/{name}"), content_type, kind, blob, part.package))
        part.relate_to(made, kind)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(25)
    _number_pages(section.footer.paragraphs[0])
    properties = document.core_properties
    properties.title = title[:_LONGEST_TITLE]
    properties.author, properties.last_modified_by, properties.comments = "有据", "有据", ""
    # Times in a package are in UTC and do not say so.
    properties.created = properties.modified = written.astimezone(UTC).replace(tzinfo=None)
    return document


def _number_pages(footer: Paragraph) -> None:
    footer.style = "footer"
    footer.add_run("— ")
    footer._p.append(parse_xml(_PAGE))
    footer.add_run(" —")
