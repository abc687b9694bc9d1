"""What the head of the page and the status bar say at each step of a list."""

from bpjsdesk.domain.wording import format_month_range
from ui.i18n import _
from ui.pages.batches.browse import work_pill
from ui.pages.batches.steps import FlowStep
from ui.pages.batches.work_state import WorkState

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
        FlowStep.COLUMNS: (
            ("↑↓", _("kolom")),
            ("F4", _("buka pilihan")),
            ("Del", _("jangan pakai")),
            ("F6", _("lembar")),
            ("Ctrl+Z", _("urungkan")),
        ),
        FlowStep.VALUES: (
            ("Enter", _("terima usulan")),
            ("F4", _("cari nilai")),
            ("Ctrl+D", _("sama seperti di atas")),
            ("F6", _("isian lain")),
            ("Ctrl+Z", _("urungkan")),
        ),
        FlowStep.CHECK: (
            ("F8", _("masalah berikut")),
            ("F2", _("ubah sel")),
            ("Ctrl+D", _("isi ke bawah")),
            ("Ctrl+H", _("ganti teks")),
            ("I", _("abaikan")),
            ("F6", _("panel lain")),
            ("Ctrl+Z", _("urungkan")),
        ),
        FlowStep.DOUBLES: (
            ("1 2 3", _("putuskan, ke pasangan berikut")),
            ("0", _("nanti")),
            ("↑↓", _("pilih")),
            ("← →", _("daftar lain")),
            ("Ctrl+Z", _("urungkan")),
        ),
        FlowStep.DECIDE: (
            ("Ctrl+S", _("berkas koreksi")),
            ("Ctrl+U", _("surat")),
            ("Ctrl+Enter", _("terima")),
        ),
        FlowStep.DONE: (
            ("Ctrl+Enter", _("buka batch")),
            ("Ctrl+R", _("tanda terima")),
            ("Ctrl+P", _("daftar peserta")),
        ),
    }
    return hints.get(step, ())


def flow_title(state: WorkState) -> tuple[str, str, tuple[str, str]]:
    """Name a list in work: title, what is below it, and where it stands."""
    item, check = state.item, state.work.check
    title = _("Batch {number} · {name}").format(number=item.number, name=item.category_name)
    words = _("{file} · iuran {months} · saringan di layar tidak mengubah apa yang dimuat")
    subtitle = words.format(
        file=item.source_name,
        months=format_month_range(check.from_month, check.to_month),
    )
    return title, subtitle, work_pill(item) or ("", "grey")
