"""Draws the picture beside the wizard's first and last page from the program's own icon."""

from pathlib import Path

SIZE = (164, 314)  # what NSIS shows at 100 %; it stretches the picture at higher scales
_MARK, _TOP = 104, 48


def draw_side_picture(icon: Path, out: Path) -> Path:
    """Write the picture: the icon's mark on the icon's own ground."""
    from PIL import Image

    with Image.open(icon) as opened:
        mark = opened.convert("RGBA")
    ground = mark.getpixel((mark.width // 2, mark.height // 12))
    mark = mark.resize((_MARK, _MARK), Image.Resampling.LANCZOS)
    picture = Image.new("RGBA", SIZE, ground)
    picture.alpha_composite(mark, ((SIZE[0] - _MARK) // 2, _TOP))
    picture.convert("RGB").save(out, "BMP")
    return out
