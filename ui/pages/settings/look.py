"""How the window looks: light or dark, and the size of its text."""

from bpjsdesk.errors import EnvironmentProblem
from ui.appearance import SCALES, THEMES
from ui.errors import show_error
from ui.i18n import _
from ui.page import PageContext
from ui.pages.settings.part import SettingsPart
from ui.widgets.buttons import Button, ChoiceRow
from ui.widgets.form import field_label
from ui.widgets.layout import Card, column, row
from ui.widgets.meter import Meter
from ui.widgets.text import Label, Pill, caption, card_title, figure


class LookPart(SettingsPart):
    """Choose theme and text size; both show at once and are kept on this computer."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self.about = _("Berlaku langsung, hanya di komputer ini")
        themes = {"system": _("Ikut sistem"), "light": _("Terang"), "dark": _("Gelap")}
        self.themes = ChoiceRow([(key, themes[key]) for key in THEMES])
        self.sizes = ChoiceRow([(str(scale), _percent(scale)) for scale in SCALES])
        card = Card(
            card_title(_("Tampilan")),
            4,
            field_label(_("Tema")),
            self.themes,
            caption(_("Kertas pada pratinjau cetak selalu putih.")),
            6,
            field_label(_("Ukuran huruf")),
            self.sizes,
            caption(_("Tinggi baris dan tombol ikut membesar.")),
            gap=6,
        )
        self.setLayout(column(card, _sample(), None, gap=10))
        self.themes.chosen.connect(self._on_chosen)
        self.sizes.chosen.connect(self._on_chosen)

    def refresh(self) -> None:
        look = self.context.appearance
        self.themes.select(look.theme)
        self.sizes.select(str(look.scale))

    def _on_chosen(self) -> None:
        try:
            self.context.appearance.choose(
                theme=self.themes.current, scale=float(self.sizes.current)
            )
        except EnvironmentProblem as problem:
            show_error(self, problem)
        else:
            self.noted.emit(_("Tampilan diubah"))


def _sample() -> Card:
    words = column(
        figure("37.000"),
        Label(_("Pekerja rentan Kota Manado"), weight=500),
        caption(_("kuota 37.000 · contoh teks kecil")),
        gap=2,
    )
    states = row(
        Pill(_("Berlaku"), "ok"), Pill(_("Ditahan"), "warn"), Pill(_("Ditolak"), "bad"), None
    )
    buttons = row(Button(_("Simpan"), kind="primary"), Button(_("Batal")), None)
    meter = Meter([(70, "d1"), (12, "d3")], 100)
    return Card(card_title(_("Contoh")), words, meter, states, buttons, gap=8)


def _percent(scale: float) -> str:
    return f"{scale * 100:.0f}%"
