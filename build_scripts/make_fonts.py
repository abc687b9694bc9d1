"""Unpack the published WOFF files of IBM Plex into the TTF files that ReportLab reads.

Get the two packages once (`npm pack @ibm/plex-sans@1.1.0` and
`npm pack @ibm/plex-sans-condensed@2.0.0`), unpack them, then run
`python build_scripts/make_fonts.py FOLDER...`. The tables of the fonts stay as published.
"""

import argparse
import shutil
import struct
import sys
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

FACES = (
    "IBMPlexSans-Regular",
    "IBMPlexSans-Medium",
    "IBMPlexSans-SemiBold",
    "IBMPlexSans-Bold",
    "IBMPlexSans-Italic",
    "IBMPlexSansCondensed-Regular",
    "IBMPlexSansCondensed-SemiBold",
)
LICENCE = "IBMPlexSans-OFL.txt"
TARGET = Path(__file__).parent.parent / "resources" / "fonts"

# WOFF 1.0, W3C Recommendation of 2012-12-13, sections 3 and 4.
WOFF_HEADER = struct.Struct(">4s4sLHHLHHLLLLL")
WOFF_ENTRY = struct.Struct(">4sLLLL")
SFNT_HEADER = struct.Struct(">4sHHHH")
SFNT_ENTRY = struct.Struct(">4sLLL")


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table of a font, unpacked."""

    tag: bytes
    checksum: int
    content: bytes


def read_woff(packed: bytes) -> tuple[bytes, list[Table]]:
    """Return the flavour and the tables of a WOFF file.

    Raises:
        ValueError: when the bytes are no WOFF 1.0 file.
    """
    signature, flavour, _length, count, *_rest = WOFF_HEADER.unpack_from(packed)
    if signature != b"wOFF":
        raise ValueError("not a WOFF 1.0 file")
    tables = []
    for number in range(count):
        place = WOFF_HEADER.size + number * WOFF_ENTRY.size
        tag, offset, size, full_size, checksum = WOFF_ENTRY.unpack_from(packed, place)
        content = packed[offset : offset + size]
        if size != full_size:
            content = zlib.decompress(content)
        tables.append(Table(tag=tag, checksum=checksum, content=content))
    return flavour, sorted(tables, key=lambda table: table.tag)


def write_sfnt(flavour: bytes, tables: Sequence[Table]) -> bytes:
    """Return the TTF file of these tables, which must be in the order of their tags."""
    power = len(tables).bit_length() - 1
    span = 16 << power
    head = SFNT_HEADER.pack(flavour, len(tables), span, power, len(tables) * 16 - span)
    offset = SFNT_HEADER.size + len(tables) * SFNT_ENTRY.size
    entries, body = b"", b""
    for table in tables:
        size = len(table.content)
        entries += SFNT_ENTRY.pack(table.tag, table.checksum, offset + len(body), size)
        body += table.content + b"\0" * (-size % 4)
    return head + entries + body


def find_faces(folders: Sequence[Path]) -> Iterator[Path]:
    """Yield the complete WOFF files of the faces that the printed pages use."""
    for folder in folders:
        for woff in sorted(folder.rglob("complete/woff/*.woff")):
            if woff.stem in FACES:
                yield woff


def main(arguments: Sequence[str]) -> int:
    """Unpack every face and copy the licence; return 1 when a face is missing."""
    parser = argparse.ArgumentParser(description="Unpack IBM Plex from WOFF to TTF.")
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, default=TARGET)
    options = parser.parse_args(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    made = set()
    for woff in find_faces(options.folders):
        font = write_sfnt(*read_woff(woff.read_bytes()))
        (options.out / f"{woff.stem}.ttf").write_bytes(font)
        made.add(woff.stem)
    shutil.copyfile(next(options.folders[0].rglob("LICENSE.txt")), options.out / LICENCE)
    missing = set(FACES) - made
    if missing:
        sys.stderr.write(f"missing: {', '.join(sorted(missing))}\n")
    return int(bool(missing))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
