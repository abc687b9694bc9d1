"""What must be on a picture: read out of the program, so that nothing can be forgotten."""

import ast
from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path

from bpjsdesk.resources import resource_path

ROOT = Path(__file__).resolve().parents[2]
_UI = ROOT / "ui"
_ASKING = frozenset({"ask_confirmation", "ask_unsaved", "ask_unsaved_choice"})
_DIALOGS = frozenset({"QMessageBox", "QuestionDialog"})
_START_ENDS = ("Page", "Step")


def needed_tags() -> set[str]:
    """List every page, section, topic, step, empty state and dialog that `ui/` can show."""
    return {
        *_page_tags(),
        *_section_tags(),
        *(tag for path, tree in _modules() for tag in _code_tags(path, tree)),
        *_step_tags(),
    }


def unseen_widgets(seen: Iterable[str]) -> list[str]:
    """List the widget classes of `ui/` that were on none of the pictures."""
    from PySide6.QtWidgets import QWidget

    for path, _tree in _modules():
        if path.stem not in ("__init__", "__main__"):
            import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
    known = set(seen)
    every = {
        f"{kind.__module__}.{kind.__qualname__}"
        for kind in _below(QWidget)
        if kind.__module__.startswith("ui.") and not kind.__subclasses__()
    }
    return sorted(every - known)


def _below(kind: type) -> Iterator[type]:
    children: list[type] = kind.__subclasses__()
    for child in children:
        yield child
        yield from _below(child)


def _page_tags() -> Iterator[str]:
    from ui.pages.registry import page_entries

    for entry in page_entries():
        yield f"page:{entry.nav.key}"


def _section_tags() -> Iterator[str]:
    from ui.pages import help as help_pages
    from ui.pages.reports import page as reports
    from ui.pages.settings import sections

    yield from (f"section:{key}" for key in sections.ORDER)
    yield from (f"topic:{key}" for key in help_pages.ORDER)
    yield from (f"topic:{path.stem}" for path in resource_path("help").glob("*.md"))
    yield from (f"report:{key}" for key in (reports.CLAIMS, reports.AGREEMENT, reports.ROSTER))


def _step_tags() -> Iterator[str]:
    from ui.pages.batches.steps import FlowStep

    yield from (f"step:{step}" for step in FlowStep)


def _modules() -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted(_UI.rglob("*.py")):
        yield path, ast.parse(path.read_text(encoding="utf-8"))


def _code_tags(path: Path, tree: ast.Module) -> Iterator[str]:
    module = path.relative_to(_UI).with_suffix("").as_posix()
    for node, inside in _walk(tree, ""):
        if isinstance(node, ast.ClassDef):
            yield from _class_tags(module, node)
        elif isinstance(node, ast.Call):
            called = node.func.id if isinstance(node.func, ast.Name) else ""
            if called in _ASKING and module != "dialogs":
                yield f"ask:{module}.{inside}"
            elif called in _DIALOGS and module != "dialogs":
                yield f"dialog:{module}.{inside}"
            elif called == "EmptyState":
                yield f"empty:{module}:{_title_of(node)}"


def _class_tags(module: str, node: ast.ClassDef) -> Iterator[str]:
    bases = {base.id for base in node.bases if isinstance(base, ast.Name)}
    if "QDialog" in bases:
        yield f"dialog:{node.name}"
    if module.startswith("start/") and node.name.endswith(_START_ENDS):
        yield f"start:{node.name}"


def _walk(node: ast.AST, inside: str) -> Iterator[tuple[ast.AST, str]]:
    for child in ast.iter_child_nodes(node):
        name = child.name if isinstance(child, ast.FunctionDef) else inside
        yield child, name
        yield from _walk(child, name)


def _title_of(call: ast.Call) -> str:
    """Give the Indonesian title of an empty state, or its icon where the title comes later."""
    icon, title, *_rest = call.args
    words = title.args[0] if isinstance(title, ast.Call) else title
    said = words.value if isinstance(words, ast.Constant) else ""
    return str(said or (icon.value if isinstance(icon, ast.Constant) else ""))
