"""The lists of what was sent to the core system: their columns, and a reply in words."""

from collections.abc import Mapping, Sequence

from bpjsdesk.domain.core_reply import Reply, SentPerson
from bpjsdesk.domain.wording import format_count, format_date
from ui.i18n import _
from ui.pages.batches.after_core_refused import kept_words
from ui.table import NIK_WIDTH, Column

ACCEPTED, REJECTED, UNANSWERED = "accepted", "rejected", "unanswered"
_FAULTS_SHOWN = 6


def lists_of(people: Sequence[SentPerson]) -> Mapping[str, Sequence[SentPerson]]:
    """Part people into the three lists; of the unanswered ones who waits longest comes first."""
    silent = [person for person in people if person.accepted is None]
    return {
        ACCEPTED: [person for person in people if person.accepted],
        REJECTED: [person for person in people if person.accepted is False],
        UNANSWERED: sorted(silent, key=lambda person: person.sent_on),
    }


def reply_words(reply: Reply, *, may_take_out: bool) -> tuple[str, str, str]:
    """Say what a reply that was read would bring: title, sentence, and each row not taken.

    Whoever is refused leaves the register only when somebody takes the reply who may do so.
    """
    accepted = sum(row.accepted for row in reply.rows)
    title = _("{file}: {n} jawaban").format(file=reply.source_name, n=format_count(len(reply.rows)))
    words = _(
        "{yes} diterima inti, {no} ditolak, {open} belum diisi, {bad} baris tidak cocok. Belum ada "
        "yang disimpan."
    ).format(
        yes=format_count(accepted),
        no=format_count(len(reply.rows) - accepted),
        bad=format_count(len(reply.faults)),
        open=format_count(reply.open_rows),
    )
    if reply.leaving:
        what = (
            _("{n} orang yang ditolak keluar dari kepesertaan; cadangan dibuat dahulu.")
            if may_take_out
            else _("{n} orang yang ditolak tetap terdaftar sampai penyelia mengeluarkannya.")
        )
        words = f"{words} {what.format(n=format_count(reply.leaving))}"
    lines = [
        _("{sheet}, baris {row}: {why}").format(sheet=each.sheet, row=each.row, why=each.sentence)
        for each in reply.faults[:_FAULTS_SHOWN]
    ]
    more = len(reply.faults) - _FAULTS_SHOWN
    if more > 0:
        lines.append(_("dan {n} baris lain").format(n=format_count(more)))
    if reply.kept:
        lines.append(kept_words(reply.kept))
    return title, words, "\n".join(lines)


def sent_columns() -> list[Column[SentPerson]]:
    """Describe the columns of the three lists."""
    return [
        Column(key="name", title=_("Nama"), text=_name, width=210, weight=500),
        Column(key="nik", title=_("NIK"), text=_nik, width=NIK_WIDTH),
        Column(key="sent", title=_("Dikirim"), text=_sent, width=108),
        Column(key="days", title=_("Hari"), text=_days, width=54, right=True),
        Column(key="answer", title=_("Jawaban"), text=_answer, tip=_answer),
    ]


def _name(person: SentPerson) -> str:
    return person.name


def _nik(person: SentPerson) -> str:
    return person.nik


def _sent(person: SentPerson) -> str:
    return format_date(person.sent_on, "short")


def _days(person: SentPerson) -> str:
    return format_count(person.days)


def _answer(person: SentPerson) -> str:
    if person.accepted is None:
        return _("belum ada")
    if person.accepted:
        return _("KPJ {kpj}").format(kpj=person.kpj) if person.kpj else _("diterima, tanpa KPJ")
    why = person.reason or _("ditolak tanpa alasan")
    return why if person.is_refused else _("{why} · boleh dikirim lagi").format(why=why)
