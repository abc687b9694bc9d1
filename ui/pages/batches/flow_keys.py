"""The keys that the status bar names at each step of a list."""

from ui.i18n import _
from ui.pages.batches.steps import FlowStep

Hints = tuple[tuple[str, str], ...]


def flow_hints(step: FlowStep) -> Hints:
    """Give the four or five keys that matter most."""
    hints: dict[FlowStep, Hints] = {
        FlowStep.CHOOSE: (
            ("F4", _("pilih berkas")),
            ("Ctrl+T", _("templat")),
            ("Ctrl+Enter", _("periksa")),
        ),
        FlowStep.READ: (("Esc", _("batal")),),
        FlowStep.CHECK: (
            ("F8", _("masalah berikut")),
            ("F2", _("ubah sel")),
            ("B", _("buka baris")),
            ("F6", _("panel lain")),
            ("Ctrl+Z", _("urungkan")),
        ),
        FlowStep.DECIDE: (("Ctrl+S", _("berkas koreksi")), ("Ctrl+Enter", _("terima"))),
        FlowStep.DONE: (("Ctrl+Enter", _("buka batch")), ("Ctrl+P", _("daftar peserta"))),
    }
    return hints[step]
