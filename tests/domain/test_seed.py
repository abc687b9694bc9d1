"""The seed files parse, agree with each other and hold what the law and the registers say."""

import csv
import re
from collections import Counter, defaultdict
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest

from bpjsdesk.resources import resource_path

Row = dict[str, str]

_VALIDITY = "valid_from,valid_to,legal_basis,verified"
COLUMNS = {
    "legal_basis": "code,title,subject,effective_from,note",
    "region": "code,name,level,kind,parent_code,valid_from,valid_to",
    "region_history": "prefix,name,note",
    "category": f"code,name,default_segment,default_programmes,wage_base,{_VALIDITY}",
    "contribution_rate": (
        "programme,segment,sector,risk_class,payer_types_excluded,basis,value,factor,cap_wage,"
        f"{_VALIDITY},note"
    ),
    "contribution_bracket": f"number,income_from,wage_base,{_VALIDITY}",
    "benefit_rule": f"programme,code,name,basis,value,cap,condition,{_VALIDITY}",
    "document_type": f"programme,code,name,requirement,condition,{_VALIDITY}",
    "deadline_rule": f"programme,code,name,amount,unit,starts_at,{_VALIDITY}",
    "age_rule": f"code,programme,segment,years,{_VALIDITY}",
    "issue_level": f"code,level,locked,reason,{_VALIDITY}",
    "desil_limit": f"category,highest,{_VALIDITY}",
    "core_word": f"words,meaning,{_VALIDITY}",
    "funding_source": f"code,name,payer_type,{_VALIDITY}",
    "agreement_kind": "code,name,description",
    "claim_status": "code,name,colour",
    "claim_move": "from_status,to_status,requires",
    "end_reason": "code,name,is_death,may_return",
    "permission": "role,command",
    "column_synonym": "field,spelling",
    "sex_spelling": "sex,spelling",
    "occupation_word": "word,kind",
    "region_spelling": "spelling,code",
    "holiday": "day,name,kind,decree,verified",
    "bank": "code,name",
}
KEYS = {
    "legal_basis": ("code",),
    "region": ("code",),
    "region_history": ("prefix",),
    "category": ("code",),
    "contribution_rate": (
        "programme",
        "segment",
        "sector",
        "risk_class",
        "payer_types_excluded",
    ),
    "contribution_bracket": ("number",),
    "benefit_rule": ("programme", "code"),
    "document_type": ("programme", "code"),
    "deadline_rule": ("programme", "code"),
    "age_rule": ("code", "programme", "segment"),
    "issue_level": ("code",),
    "desil_limit": ("category",),
    "core_word": ("words",),
    "funding_source": ("code",),
    "agreement_kind": ("code",),
    "claim_status": ("code",),
    "claim_move": ("from_status", "to_status"),
    "end_reason": ("code",),
    "permission": ("role", "command"),
    "column_synonym": ("spelling",),
    "sex_spelling": ("spelling",),
    "occupation_word": ("word",),
    "region_spelling": ("spelling",),
    "holiday": ("day",),
    "bank": ("code",),
}
DATED = tuple(name for name, columns in COLUMNS.items() if "valid_from" in columns)
WITH_BASIS = tuple(name for name, columns in COLUMNS.items() if "legal_basis" in columns)
CHOICES = {
    ("region", "kind"): "PROVINCE REGENCY CITY DISTRICT URBAN_VILLAGE VILLAGE",
    ("category", "default_segment"): "SELF_EMPLOYED WAGE_EARNER CONSTRUCTION MIGRANT",
    ("contribution_rate", "segment"): "SELF_EMPLOYED WAGE_EARNER CONSTRUCTION MIGRANT",
    ("contribution_rate", "basis"): "FIXED PERCENT BRACKET_PERCENT",
    ("benefit_rule", "basis"): "FIXED WAGE_MULTIPLE PERCENT ACTUAL_CAPPED ACTUAL",
    ("document_type", "requirement"): "REQUIRED CONDITIONAL",
    ("deadline_rule", "unit"): "HOURS WORKING_DAYS YEARS MONTHS DAYS",
    ("funding_source", "payer_type"): "APBN APBD OTHER",
    ("claim_status", "colour"): "ok warn bad info grey",
    ("permission", "role"): "petugas penyelia admin pembaca",
    ("sex_spelling", "sex"): "L P",
    ("occupation_word", "kind"): "STATE_SERVANT OTHER",
    ("core_word", "meaning"): "NIK_NOT_IN_DUKCAPIL ALREADY_ACTIVE_PU YES NO",
    ("issue_level", "level"): "ERROR WARNING OFF",
    ("issue_level", "locked"): "true false",
    ("holiday", "kind"): "NATIONAL JOINT_LEAVE",
}


def rows_of(name: str) -> list[Row]:
    with resource_path("seed", f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, strict=True))


def label(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())


def rate(day: str, **wanted: str) -> Decimal:
    """Give value x factor of the only row that matches and is in force on the day."""
    found = [
        row
        for row in rows_of("contribution_rate")
        if all(row[column] == value for column, value in wanted.items())
        and row["valid_from"] <= day <= (row["valid_to"] or "9999-12-31")
    ]
    assert len(found) == 1, found
    return Decimal(found[0]["value"]) * Decimal(found[0]["factor"])


@pytest.mark.parametrize("name", COLUMNS)
def test_a_file_is_plain_utf8_with_its_columns_and_no_ragged_row(name: str) -> None:
    raw = resource_path("seed", f"{name}.csv").read_bytes()
    assert b"\r" not in raw
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert raw.endswith(b"\n")
    header, *body = csv.reader(raw.decode("utf-8").splitlines(), strict=True)
    assert header == COLUMNS[name].split(",")
    assert body
    for line in body:
        assert len(line) == len(header), line
        assert all(cell == cell.strip() for cell in line), line


def test_no_seed_file_is_left_out_of_these_tests() -> None:
    assert {path.stem for path in resource_path("seed").glob("*.csv")} == set(COLUMNS)


@pytest.mark.parametrize("name", DATED)
def test_dates_are_valid_and_in_order(name: str) -> None:
    for row in rows_of(name):
        start = date.fromisoformat(row["valid_from"])
        assert not row["valid_to"] or start <= date.fromisoformat(row["valid_to"]), row


@pytest.mark.parametrize("name", KEYS)
def test_no_two_rows_of_one_key_are_valid_on_the_same_day(name: str) -> None:
    periods: dict[tuple[str, ...], list[tuple[str, str]]] = defaultdict(list)
    for row in rows_of(name):
        key = tuple(row[column] for column in KEYS[name])
        periods[key].append((row.get("valid_from", ""), row.get("valid_to") or "9999-12-31"))
    for key, spans in periods.items():
        ordered = sorted(spans)
        for (_, end), (start, _) in pairwise(ordered):
            assert end < start, key


@pytest.mark.parametrize("name", WITH_BASIS)
def test_every_legal_basis_is_in_the_register(name: str) -> None:
    known = {row["code"] for row in rows_of("legal_basis")} | {""}
    assert {row["legal_basis"] for row in rows_of(name)} <= known


def test_effective_dates_of_the_register_are_valid() -> None:
    for row in rows_of("legal_basis"):
        assert not row["effective_from"] or date.fromisoformat(row["effective_from"])


@pytest.mark.parametrize("name", [name for name, c in COLUMNS.items() if "verified" in c])
def test_verified_is_true_or_false(name: str) -> None:
    assert {row["verified"] for row in rows_of(name)} <= {"true", "false"}


@pytest.mark.parametrize(("name", "column"), CHOICES)
def test_words_of_a_closed_list_are_in_it(name: str, column: str) -> None:
    assert {row[column] for row in rows_of(name)} <= set(CHOICES[name, column].split())


def test_regions_have_the_official_counts() -> None:
    regions = rows_of("region")
    kinds = Counter(row["kind"] for row in regions)
    assert kinds["PROVINCE"] == 38
    assert kinds["REGENCY"] + kinds["CITY"] == 514
    assert kinds["DISTRICT"] == 171
    assert kinds["URBAN_VILLAGE"] == 332
    assert kinds["VILLAGE"] == 1507


@pytest.mark.parametrize(
    ("code", "districts", "urban", "rural"),
    [
        ("71.01", 15, 2, 200),
        ("71.02", 25, 43, 227),
        ("71.03", 15, 22, 145),
        ("71.04", 19, 11, 142),
        ("71.05", 17, 10, 167),
        ("71.06", 10, 6, 125),
        ("71.07", 12, 9, 135),
        ("71.08", 6, 1, 106),
        ("71.09", 10, 10, 83),
        ("71.10", 7, 0, 81),
        ("71.11", 7, 0, 81),
        ("71.71", 11, 87, 0),
        ("71.72", 8, 69, 0),
        ("71.73", 5, 44, 0),
        ("71.74", 4, 18, 15),
    ],
)
def test_each_regency_of_the_province_has_its_counts(
    code: str, districts: int, urban: int, rural: int
) -> None:
    kinds = Counter(row["kind"] for row in rows_of("region") if row["code"].startswith(code + "."))
    assert (kinds["DISTRICT"], kinds["URBAN_VILLAGE"], kinds["VILLAGE"]) == (
        districts,
        urban,
        rural,
    )


def test_a_region_hangs_under_the_code_it_begins_with() -> None:
    regions = {row["code"]: row for row in rows_of("region")}
    for code, row in regions.items():
        assert re.fullmatch(r"\d\d(\.\d\d(\.\d\d(\.[12]\d{3})?)?)?", code)
        assert row["level"] == str(code.count(".") + 1)
        assert row["parent_code"] == code.rpartition(".")[0]
        assert not row["parent_code"] or row["parent_code"] in regions
        assert "  " not in row["name"]


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("71", "Sulawesi Utara"),
        ("71.07", "Kabupaten Minahasa Tenggara"),
        ("71.08", "Kabupaten Bolaang Mongondow Utara"),
        ("71.11", "Kabupaten Bolaang Mongondow Selatan"),
        ("71.71", "Kota Manado"),
        ("71.71.01", "Bunaken"),
        ("71.71.05.1010", "Paal IV"),
        ("71.71.09.1001", "Malalayang Satu"),
        ("71.71.10.1001", "Bunaken"),
        ("71.74.01.2008", "Pontodon Timur"),
        ("71.74.04.1005", "Kotamobagu"),
        ("96", "Papua Barat Daya"),
    ],
)
def test_regions_carry_kemendagri_codes(code: str, name: str) -> None:
    assert {row["code"]: row["name"] for row in rows_of("region")}[code] == name


def test_historical_prefixes_are_not_codes_of_today() -> None:
    today = {row["code"].replace(".", "") for row in rows_of("region") if row["level"] == "2"}
    for row in rows_of("region_history"):
        assert re.fullmatch(r"\d{4}", row["prefix"])
        assert row["prefix"] not in today


def test_other_spellings_lead_to_one_local_region() -> None:
    regions = {row["code"]: row for row in rows_of("region")}
    official = {(row["level"], label(row["name"])): code for code, row in regions.items()}
    seen: dict[str, str] = {}
    for row in rows_of("region_spelling"):
        level = regions[row["code"]]["level"]
        assert official.get((level, label(row["spelling"])), row["code"]) == row["code"], row
        assert seen.setdefault(label(row["spelling"]), row["code"]) == row["code"], row


def test_base_tariffs_make_the_published_packages() -> None:
    first = next(row for row in rows_of("contribution_bracket") if row["number"] == "1")
    base = Decimal(first["wage_base"])
    day = "2026-11-01"
    own = {"segment": "SELF_EMPLOYED", "sector": "", "payer_types_excluded": ""}
    jkk = base * rate(day, programme="JKK", **own) / 100
    jkm = rate(day, programme="JKM", **own)
    jht = base * rate(day, programme="JHT", **own) / 100
    assert [int(amount) for amount in (jkk + jkm, jkk + jkm + jht)] == [16800, 36800]
    paid = {"segment": "WAGE_EARNER", "sector": ""}
    share = rate(day, programme="JKK", risk_class="1", **paid) + rate(day, programme="JKM", **paid)
    assert share * 2000000 / 100 == 10800


@pytest.mark.parametrize(
    ("sector", "first", "last"),
    [("TRANSPORT", "2026-01-01", "2027-03-31"), ("OTHER", "2026-04-01", "2026-12-31")],
)
def test_the_half_tariff_ends_by_sector_and_excludes_public_money(
    sector: str, first: str, last: str
) -> None:
    found = [row for row in rows_of("contribution_rate") if row["legal_basis"] == "PP_50_2025"]
    mine = [row for row in found if row["sector"] == sector]
    assert {row["programme"] for row in mine} == {"JKK", "JKM"}
    for row in mine:
        assert (row["valid_from"], row["valid_to"], row["factor"]) == (first, last, "0.5")
        assert row["payer_types_excluded"].split() == ["APBN", "APBD"]


def test_every_month_has_one_base_tariff() -> None:
    for year in range(2015, 2028):
        for month in range(1, 13):
            day = date(year, month, 1).isoformat()
            if day >= "2015-07-01":
                own = {"segment": "SELF_EMPLOYED", "sector": "", "programme": "JKM"}
                covid = "2020-08-01" <= day <= "2021-01-01"
                assert rate(day, **own) == (68 if covid else 6800), day


def test_brackets_rise_without_gap() -> None:
    brackets = rows_of("contribution_bracket")
    assert [int(row["number"]) for row in brackets] == list(range(1, 31))
    floors = [int(row["income_from"]) for row in brackets]
    bases = [int(row["wage_base"]) for row in brackets]
    assert floors == sorted(set(floors))
    assert bases == sorted(set(bases))
    assert (floors[0], bases[0], floors[-1], bases[-1]) == (0, 1000000, 20200000, 20700000)
    # PP 44/2015 bounds the contribution of a self-employed worker: 10.000 to 207.000.
    assert (bases[0] // 100, bases[-1] // 100) == (10000, 207000)
    verified = [row["number"] for row in brackets if row["verified"] == "true"]
    assert verified == ["1", "2", "30"]


@pytest.mark.parametrize(("day", "total"), [("2019-12-01", 24000000), ("2019-12-02", 42000000)])
def test_a_death_pays_the_published_total(day: str, total: int) -> None:
    parts = [
        int(row["value"])
        for row in rows_of("benefit_rule")
        if row["programme"] == "JKM"
        and row["code"] in {"LUMP_SUM", "PERIODIC", "FUNERAL"}
        and row["valid_from"] <= day <= (row["valid_to"] or "9999-12-31")
    ]
    assert sum(parts) == total


def test_scholarship_levels_make_the_published_limits() -> None:
    rules = {row["code"]: row for row in rows_of("benefit_rule") if row["programme"] == "BEASISWA"}
    levels = ("KINDERGARTEN", "PRIMARY", "JUNIOR", "SENIOR", "HIGHER")
    per_child = sum(int(rules[code]["cap"]) for code in levels)
    assert per_child == int(rules["LIMIT_PER_CHILD"]["cap"]) == 87000000
    assert int(rules["LIMIT"]["cap"]) == 2 * per_child


def test_claim_moves_join_known_statuses_and_reach_payment() -> None:
    statuses = {row["code"] for row in rows_of("claim_status")}
    moves = {
        (row["from_status"], row["to_status"]): row["requires"] for row in rows_of("claim_move")
    }
    assert {status for move in moves for status in move} == statuses
    path = ["DRAFT", "RECEIVED", "COMPLETE", "VERIFICATION", "APPROVED", "PAID"]
    assert all(step in moves for step in pairwise(path))
    assert moves["APPROVED", "PAID"] == "paid_on"
    assert all(moves[move] == "reason" for move in moves if move[1] in {"REJECTED", "CANCELLED"})


def test_roles_are_kept_apart() -> None:
    granted: dict[str, set[str]] = defaultdict(set)
    for row in rows_of("permission"):
        granted[row["role"]].add(row["command"])
    assert granted["petugas"] < granted["penyelia"]
    assert "claim.pay" not in granted["petugas"]
    assert not granted["admin"] & {"read.people", "read.claims", "person.reveal", "report.export"}
    assert all(name.startswith("read.") or name == "report.export" for name in granted["pembaca"])
    assert {"user.add", "office.save", "backup.make"} <= granted["penyelia"]


def test_a_heading_means_one_field_and_every_field_has_four_spellings() -> None:
    meaning: dict[str, str] = {}
    for row in rows_of("column_synonym"):
        bare = label(re.sub(r"\([^)]*\)", " ", row["spelling"]))
        for key in {label(row["spelling"]), bare} - {""}:
            assert meaning.setdefault(key, row["field"]) == row["field"], row
    spellings = Counter(row["field"] for row in rows_of("column_synonym"))
    assert min(spellings.values()) >= 4
    assert len({label(row["spelling"]) for row in rows_of("column_synonym")}) == sum(
        spellings.values()
    )


def test_categories_start_from_a_tariff_that_exists() -> None:
    bases = {row["wage_base"] for row in rows_of("contribution_bracket")}
    for row in rows_of("category"):
        assert row["default_programmes"] == "JKK JKM"
        assert row["default_segment"] == "WAGE_EARNER" or row["wage_base"] in bases


def test_holidays_cover_three_years_and_the_last_is_unverified() -> None:
    days = rows_of("holiday")
    years = Counter(row["day"][:4] for row in days)
    assert set(years) == {"2025", "2026", "2027"}
    assert all(date.fromisoformat(row["day"]) for row in days)
    assert {row["verified"] for row in days if row["day"] >= "2027"} == {"false"}
    leave = {row["day"] for row in days if row["kind"] == "JOINT_LEAVE"}
    assert "2025-08-18" in leave
