"""Gives a DOCX made by pandoc the look of a handout: ruled tables, a plain serif face, page numbers.

Usage: python3 style-docx.py <from.docx> <to.docx>
"""

import sys
from datetime import datetime

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

EDGES = ("top", "left", "bottom", "right", "insideH", "insideV")


def rule(table):
    properties = table._tbl.tblPr
    borders = OxmlElement("w:tblBorders")
    for edge in EDGES:
        line = OxmlElement(f"w:{edge}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "808080")):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    properties.append(borders)


def number_pages(section):
    paragraph = section.footer.paragraphs[0]
    paragraph.alignment = 1
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)


def main(source, target):
    document = Document(source)
    for style in document.styles:
        if style.type == 1 and style.font is not None:
            style.font.name = "Liberation Serif"
            if style.name.startswith("Heading") or style.name in ("Title", "Subtitle"):
                style.font.name = "Liberation Sans"
                style.font.color.rgb = RGBColor(0x11, 0x11, 0x11)
    document.styles["Body Text"].font.size = Pt(11)
    for table in document.tables:
        rule(table)
    for section in document.sections:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.5)
        section.top_margin = section.bottom_margin = Cm(2.2)
        number_pages(section)
    document.core_properties.created = document.core_properties.modified = datetime(2025, 9, 1)
    document.save(target)


main(sys.argv[1], sys.argv[2])
