"""Made-up participant lists of any length, with a fixed seed."""

import random
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

from bpjsdesk.domain.identity import mask_nik
from bpjsdesk.domain.report_values import ParticipantList, ParticipantRow, VillageRecap
from bpjsdesk.domain.wording import format_date
from tests.reports.samples import LONG_NAME

_FIRST = {
    "L": ("Johanis", "Ferdinand", "Steven", "Abdul", "Hendrik", "Maikel", "Ruddy", "Rizky", "Lexi"),
    "P": ("Yuliana", "Meiske", "Olga", "Rahma", "Deisy", "Novita", "Sartje", "Fatmawati", "Jeane"),
}
_LAST = (
    *("Rumengan", "Tumbelaka", "Kandou", "Mokodompit", "Lumowa", "Sondakh", "Wowor", "Pontoh"),
    *("Makalew", "Gobel", "Paputungan", "Mamonto", "Damopolii", "Kaunang", "Rotinsulu", "Lasut"),
)
VILLAGES = (
    "Tumumpa Dua",
    "Tuminting",
    "Maasing",
    "Sindulang Satu",
    "Bitung Karangria",
    "Islam",
    "Mahawu",
    "Sumompo",
)
MONTHS, RATE = 5, 16_800


def rows_of(count: int, *, has_kpj: bool = True) -> list[ParticipantRow]:
    """Return made-up people, the same for the same count."""
    chance = random.Random(7171)
    return [_row(chance, number, count, has_kpj=has_kpj) for number in range(count)]


def _row(chance: random.Random, number: int, count: int, *, has_kpj: bool) -> ParticipantRow:
    sex = chance.choice("LLP")
    born = date(1962, 1, 1) + timedelta(chance.randrange(15_000))
    day = born.day + (40 if sex == "P" else 0)
    nik = f"717102{day:02d}{born:%m%y}{chance.randrange(1, 9):04d}"
    kpj = f"25{chance.randrange(10**9):09d}" if has_kpj else ""
    name = f"{chance.choice(_FIRST[sex])} {chance.choice(_LAST)}".upper()
    village = VILLAGES[number * len(VILLAGES) // count]
    birth = format_date(born, "short")
    return (number + 1, mask_nik(nik), kpj, name, sex, birth, village, MONTHS * RATE)


def a_roster(count: int = 1_063, *, has_kpj: bool = True) -> ParticipantList:
    """Return a list whose recapitulation and amount add up."""
    rows = rows_of(count, has_kpj=has_kpj)
    heads = Counter(row[6] for row in rows)
    return ParticipantList(
        batch_no="DP-7171-2026-I-02",
        title="Daftar Peserta Pekerja Rentan, Tahap I Tahun 2026",
        agreement="PKS PER/212/122025 dan 560/D.14/PKS/XII/2025",
        category="Pekerja Rentan",
        place="Kecamatan Tuminting, Kota Manado",
        decree="Keputusan Wali Kota Manado Nomor 1187 Tahun 2025",
        coverage="JKK + JKM, 1 Januari s.d. 31 Mei 2026",
        payer="Pemerintah Kota Manado, APBD TA 2026",
        months=MONTHS,
        rates=(RATE,),
        amount=count * MONTHS * RATE,
        rows=rows,
        recap=tuple(
            VillageRecap(village=village, heads=number, amount=number * MONTHS * RATE)
            for village, number in heads.items()
        ),
    )


def hostile_rows(rows: list[ParticipantRow]) -> list[ParticipantRow]:
    """Return the rows with markup, hidden marks, foreign letters and endless names in them."""
    names = (
        '<b>BUDI</b> <img src="/etc/passwd">',
        "\u202eIMANARK\u202c \u200fRTL",
        "A" * 100,
        LONG_NAME,
        "NAMA (DENGAN) \\ TANDA",
        "É. ÜNAL Œ Ł",
        "CATATAN NIK 7171020101900001 DI NAMA",
        "BARIS\nBARU\tTAB",
        "中文 名字 😀",
    )
    changed = []
    for number, row in enumerate(rows):
        name = names[number % len(names)]
        changed.append((*row[:3], name, *row[4:6], f"{row[6]} {'Selatan ' * (number % 5)}", row[7]))
    return changed


def a_hostile_roster(count: int = 64) -> ParticipantList:
    """Return a list of hostile rows; its recapitulation is left out."""
    roster = a_roster(count)
    return replace(roster, rows=hostile_rows(list(roster.rows)), recap=(), held_rows=12)


def many_villages(count: int = 87) -> ParticipantList:
    """Return a list whose recapitulation needs pages of its own."""
    roster = a_roster(count * 10)
    recap = tuple(
        VillageRecap(village=f"Kelurahan Rekaan {number + 1}", heads=10, amount=10 * MONTHS * RATE)
        for number in range(count)
    )
    return replace(roster, recap=recap)
