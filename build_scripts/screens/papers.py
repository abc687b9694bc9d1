"""Every page of every PDF as an image."""

from pathlib import Path

import pypdfium2

_SCALE = 1.5
_MOST_PAGES = 4


def draw_papers(source: Path, target: Path) -> int:
    """Draw the first pages of the PDFs of a folder; gives the number of images."""
    target.mkdir(parents=True, exist_ok=True)
    drawn = 0
    for path in sorted(source.glob("*.pdf")):
        document = pypdfium2.PdfDocument(path)
        for number in range(min(len(document), _MOST_PAGES)):
            picture = document[number].render(scale=_SCALE).to_pil()
            picture.save(target / f"{path.stem}-{number + 1}.png")
            drawn += 1
        document.close()
    return drawn
