"""Look into a finished PDF: its text, its fonts, and whether texts overlap or leave the page."""

from io import BytesIO

import pypdfium2
from pypdf import PdfReader
from pypdf.generic import DictionaryObject, PdfObject
from pypdfium2 import raw

EDGE_POINTS = 8
"""What no printer reaches."""

Box = tuple[float, float, float, float]


def texts(pdf: bytes) -> list[str]:
    """Return the text of each page with single spaces."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages]


def text(pdf: bytes) -> str:
    """Return the text of all pages with single spaces."""
    return " ".join(texts(pdf))


def loose_fonts(pdf: bytes) -> list[str]:
    """Return the fonts that no page or form embeds."""
    fonts = [
        found
        for found in _objects(PdfReader(BytesIO(pdf)))
        if isinstance(found, DictionaryObject) and found.get("/Type") == "/Font"
    ]
    return [str(font["/BaseFont"]) for font in fonts if not _is_embedded(font)]


def _objects(reader: PdfReader) -> list[PdfObject | None]:
    count = len(reader.xref[0]) + 1
    return [reader.get_object(number) for number in range(1, count)]


def _is_embedded(font: DictionaryObject) -> bool:
    descriptor = font.get("/FontDescriptor")
    found = descriptor.get_object() if descriptor is not None else None
    return isinstance(found, DictionaryObject) and "/FontFile2" in found


def faults(pdf: bytes, *, pages: int = 4) -> list[str]:
    """Return what is wrong with the first pages: overlapping texts, texts off the page."""
    document = pypdfium2.PdfDocument(pdf)
    found = []
    for number in range(min(len(document), pages)):
        page = document[number]
        boxes = _text_boxes(page)
        found += [f"page {number + 1}: overlap {pair}" for pair in _overlaps(boxes)]
        width, height = page.get_size()
        found += [
            f"page {number + 1}: at the edge {box}"
            for box in boxes
            if min(box[0], box[1], width - box[2], height - box[3]) < EDGE_POINTS
        ]
    document.close()
    return found


def _text_boxes(page: pypdfium2.PdfPage) -> list[Box]:
    objects = page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], max_depth=3)
    bounds = [found.get_bounds() for found in objects]
    return [box for box in bounds if box[2] - box[0] > 0.5]


def _overlaps(boxes: list[Box]) -> list[tuple[Box, Box]]:
    return [
        (one, other)
        for number, one in enumerate(boxes)
        for other in boxes[number + 1 :]
        if _overlap(one, other)
    ]


def _overlap(one: Box, other: Box) -> bool:
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return wide > 1 and high > 0.3 * min(one[3] - one[1], other[3] - other[1])
