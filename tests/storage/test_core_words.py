"""What the core system writes is read by dated rows, because its words change."""

from datetime import timedelta

from sqlalchemy import insert, update

from bpjsdesk.domain.row_issues import IssueCode
from bpjsdesk.services.context import AppContext
from bpjsdesk.storage.core_reply import core_words
from bpjsdesk.storage.schema_reference import core_word
from tests.offices import NOW


def test_the_words_of_the_core_system_are_understood(office: AppContext) -> None:
    with office.database.read() as connection:
        words = core_words(connection, NOW.date())
    assert words.refusal("Data tidak padan DUKCAPIL") is IssueCode.NIK_NOT_IN_DUKCAPIL
    assert words.refusal("Aktif sebagai Penerima Upah") is IssueCode.ALREADY_ACTIVE_PU
    assert words.refusal("Sudah terdaftar sebagai PU") is IssueCode.ALREADY_ACTIVE_PU
    assert words.refusal("Kode iuran belum terbit") is IssueCode.CORE_REJECTED
    assert words.refusal("") is IssueCode.CORE_REJECTED
    for joined in ("Aktif P.U.", "PesertaPU aktif", "aktif-pu", "(Dukcapil)"):
        assert words.refusal(joined) is not IssueCode.CORE_REJECTED
    for other in (
        "Peserta putus hubungan kerja",
        "Terdaftar pukul 10.15 di kanal lain",
        "Peserta pulang kampung",
        "Nonaktif, PU belum ada",
    ):
        assert words.refusal(other) is IssueCode.CORE_REJECTED
    assert [words.answer(text) for text in ("y", "Ya.", "Tidak Valid", "T", "?", "")] == [
        *(True, True, False, False, None, None)
    ]


def test_words_of_the_core_system_mean_what_they_meant_on_the_day(office: AppContext) -> None:
    changed, before = NOW.date(), NOW.date() - timedelta(days=1)
    dated = {"valid_to": None, "legal_basis": "", "verified": True}
    with office.database.write() as connection:
        connection.execute(
            update(core_word).where(core_word.c.words == "Dukcapil").values(valid_to=before)
        )
        new = (("Adminduk", "NIK_NOT_IN_DUKCAPIL"), ("Lolos", "YES"), ("Kelak", "NOT_YET_KNOWN"))
        connection.execute(
            insert(core_word),
            [{"words": w, "meaning": m, "valid_from": changed, **dated} for w, m in new],
        )
    with office.database.read() as connection:
        earlier, now, ever = (core_words(connection, day) for day in (before, changed, None))
    for words, old, new_ in ((earlier, True, False), (now, False, True), (ever, True, True)):
        not_found = IssueCode.NIK_NOT_IN_DUKCAPIL
        assert (words.refusal("ditolak Dukcapil") is not_found) is old
        assert (words.refusal("ditolak Adminduk") is not_found) is new_
        assert (words.answer("lolos") is True) is new_
        assert words.refusal("kelak") is IssueCode.CORE_REJECTED
