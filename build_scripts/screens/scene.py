"""What a scene is: a name, what it shows, and how the window gets there."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from build_scripts.screens.stage import Stage

PRACTICE, EMPTY, NONE = "practice", "empty", "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """One picture.

    `covers` names what `needed.needed_tags` asks for; `office` is the practice office, an office
    without any record, or no office at all; `user` "" stays at the login. A scene that stores
    something has its `own_copy` of the office. A scene that is not `main` is left out of the looks
    that show the main pages only.
    """

    name: str
    covers: tuple[str, ...]
    play: "Callable[[Stage], None]"
    office: str = PRACTICE
    user: str = "hendrik"
    own_copy: bool = False
    main: bool = False
