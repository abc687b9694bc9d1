"""The stores and files that the rows are measured on: made once with fixed seeds, then copied."""

import hashlib
import os
import pickle
import shutil
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from pathlib import Path

import xlsxwriter

import bpjsdesk.storage.keys
import bpjsdesk.storage.migrations
from bpjsdesk.clock import WITA
from bpjsdesk.domain.access import NewUser, Role
from bpjsdesk.domain.agreements import AgreementDraft, Party, QuotaDraft
from bpjsdesk.domain.office import NewOffice, Office
from bpjsdesk.paths import AppPaths
from bpjsdesk.services.agreements import save_agreement
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.office import create_office, open_office
from bpjsdesk.storage import enrollment
from bpjsdesk.storage.connection import Connection
from bpjsdesk.storage.enrollment import NewPerson
from bpjsdesk.storage.keys import KeyCost
from build_scripts.bench_rows.figures import Sizes
from build_scripts.bench_rows.people import CITY, HEADINGS, Someone, crowd, list_rows

USER, PASSWORD = "bangku", "uji kecepatan dengan tenang"
CATEGORY = "VULNERABLE"
NOW = datetime(2026, 11, 20, 10, 42, tzinfo=WITA)
QUICK_KEYS = KeyCost(memory_kib=1024, passes=1, lanes=1)
MAKERS = "3"  # raise it when the people, the list or a store are made otherwise
AT_ONCE = 50_000
PAST_SHARE = 7  # of ten known people, so many were insured last year only


@dataclass(frozen=True, slots=True, kw_only=True)
class Stores:
    """Makes and finds the data of one size below a folder."""

    folder: Path
    sizes: Sizes

    def register(self) -> Path:
        """Give the office of many people and one agreement."""
        people = self.sizes.people
        return self._made(f"register-{people}", lambda path: _make_register(path, people))

    def list_file(self) -> Path:
        """Give the folder that holds the list of workers to load, `list.xlsx`."""
        rows, people = self.sizes.list_rows, self.sizes.people
        return self._made(f"list-{rows}-{people}", lambda path: _make_list(path, rows, people))

    def claims_office(self) -> Path:
        """Give the office of many paid claims."""
        from build_scripts.bench_rows.claims_store import make_claims_office

        claims = self.sizes.claims
        return self._made(f"claims-{claims}", lambda path: make_claims_office(path, claims))

    def made(self, name: str, make: Callable[[Path], None]) -> Path:
        """Give a folder of prepared data that depends on the sizes."""
        sizes = f"{self.sizes.people}-{self.sizes.list_rows}"
        return self._made(f"{name}-{sizes}", make)

    def fresh(self, original: Path, name: str) -> Path:
        """Copy an office, all of it on the disk, so that no copying is left to the measured side.

        An earlier copy of the same name is thrown away.
        """
        target = self.folder / "fresh" / name
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(original, target)
        for path in target.rglob("*"):
            if path.is_file():
                _flush(path)
        return target

    def clean(self) -> None:
        """Throw the copies away."""
        shutil.rmtree(self.folder / "fresh", ignore_errors=True)

    def _made(self, name: str, make: Callable[[Path], None]) -> Path:
        path = self.folder / f"{name}-{_recipe()}"
        if not path.exists():
            _say(f"making {path.name} ...")
            part = path.with_name(f"{path.name}.part")
            shutil.rmtree(part, ignore_errors=True)
            part.mkdir(parents=True)
            make(part)
            part.rename(path)
        return path


def opened(folder: Path) -> AppContext:
    """Log in to an office of the bench."""
    return open_office(AppPaths(folder), USER, PASSWORD, lambda: NOW)


def founded(folder: Path) -> AppContext:
    """Found an office of the bench."""
    founder = NewUser(name=USER, display_name="Bangku Uji", role=Role.SUPERVISOR, password=PASSWORD)
    office = Office(
        name="Kantor Cabang Manado",
        address="Jalan Contoh 1, Manado",
        phone="(0431) 000000",
        place="Manado",
        region_code=CITY,
    )
    founding = NewOffice(office=office, first_user=founder)
    return create_office(AppPaths(folder), founding, lambda: NOW, cost=QUICK_KEYS).context


def agreement_draft() -> AgreementDraft:
    """Give a signed agreement of the city for 2026."""
    return AgreementDraft(
        kind="COOPERATION",
        title="Perlindungan Jaminan Sosial Ketenagakerjaan Pekerja Rentan di Kota Manado",
        region_code=CITY,
        signed_on=date(2025, 12, 15),
        signed_place="Kantor Wali Kota Manado",
        valid_from=date(2026, 1, 1),
        valid_to=date(2026, 12, 31),
        scope="Pendaftaran peserta, pembayaran iuran, dan pelayanan klaim.",
        parties=(
            Party(
                role_no=1,
                institution="Pemerintah Kota Manado",
                number="560/PKS/1/2026",
                signatory_name="Nama Contoh",
                signatory_position="Wali Kota Manado",
            ),
            Party(
                role_no=2,
                institution="BPJS Ketenagakerjaan Cabang Manado",
                number="PER/1/012026",
                signatory_name="Nama Rekaan",
                signatory_position="Kepala Kantor Cabang",
            ),
        ),
        quotas=(
            QuotaDraft(
                category=CATEGORY,
                programmes=("JKK", "JKM"),
                heads=1_500_000,  # room for the list beside all who are insured this year
                months=12,
                from_month=date(2026, 1, 1),
                payer_type="APBD",
            ),
        ),
        legal_basis=("PP 44 Tahun 2015",),
    )


def new_person(person_id: int, someone: Someone) -> NewPerson:
    """Give the columns of a person as the store keeps them."""
    return NewPerson(
        person_id=person_id,
        nik=someone.nik,
        name=someone.name,
        name_key=someone.name,
        birth_date=someone.born.isoformat(),
        birth_place=someone.birth_place,
        sex=someone.sex,
        address=someone.address,
        region_code=someone.village.code,
        phone=someone.phone,
        occupation=someone.trade,
    )


def register_sample(count: int) -> list[Someone]:
    """Draw the people of the register again."""
    return list(crowd(count, seed=7171))


def _make_register(folder: Path, people: int) -> None:
    context = founded(folder)
    agreement_id = save_agreement(context, agreement_draft(), request_id=new_request_id()).object_id
    everybody = crowd(people, seed=7171)
    first_id = 1
    while some := list(islice(everybody, AT_ONCE)):
        # the bench fills its stores past the door of commands, which is made for clerks
        with context.database.write(bulk=True) as connection:
            _add_some(connection, agreement_id, some, first_id=first_id)
        context.database.checkpoint()
        first_id += len(some)
    context.close()


def _add_some(
    connection: Connection, agreement_id: int, some: Sequence[Someone], *, first_id: int
) -> None:
    ordered = sorted(some, key=lambda someone: someone.nik)
    rows = [new_person(person_id, one) for person_id, one in enumerate(ordered, start=first_id)]
    enrollment.add_people(connection, rows)
    ids = [row.person_id for row in rows]
    past = [number for number in ids if number % 10 < PAST_SHARE]
    present = [number for number in ids if number % 10 >= PAST_SHARE]
    for members, year in ((past, 2025), (present, 2026)):
        enrollment.add_memberships(
            connection,
            members,
            batch_id=_add_batch(connection, agreement_id, len(members), year=year),
            from_month=date(year, 1, 1),
            to_month=date(year, 12, 1),
        )


def _add_batch(connection: Connection, agreement_id: int, heads: int, *, year: int) -> int:
    values = {
        "agreement_id": agreement_id,
        "quota_id": 1,
        "category": CATEGORY,
        "source_name": "bangku.xlsx",
        "source_digest": "",
        "header": "{}",
        "registered_on": date(year, 1, 5),
        "from_month": date(year, 1, 1),
        "months": 12,
        "rates": "[16800]",
        "read": heads,
        "blank": 0,
        "ignored": 0,
        "accepted": heads,
        "held": 0,
        "amount": 0,
        "status": "VALIDATED",
        "created_by": 1,
        "created_at": NOW.isoformat(),
    }
    return enrollment.add_batch(connection, values)


def _make_list(folder: Path, rows: int, people: int) -> None:
    # shared strings and real dates, as Excel itself saves a list
    book = xlsxwriter.Workbook(str(folder / "list.xlsx"), {"constant_memory": False})
    sheet = book.add_worksheet("Peserta")
    day = book.add_format({"num_format": "dd-mm-yyyy"})
    sheet.write_row(0, 0, HEADINGS)
    for at, row in enumerate(list_rows(rows, register_sample(people), seed=99), start=1):
        for column, value in enumerate(row):
            if isinstance(value, date):
                sheet.write_datetime(at, column, datetime(*value.timetuple()[:3]), day)  # noqa: DTZ001  # a spreadsheet has no zones
            elif isinstance(value, int):
                sheet.write_number(at, column, value)
            elif value:
                sheet.write_string(at, column, value)
    book.close()


def keep(path: Path, rows: object) -> None:
    """Store rows for a side in another process."""
    path.write_bytes(pickle.dumps(rows, protocol=pickle.HIGHEST_PROTOCOL))


def _recipe() -> str:
    """Name schema, key file and makers of the data: when one changes, the data is made anew."""
    steps = Path(bpjsdesk.storage.migrations.__file__).parent / "versions"
    return _digest([Path(bpjsdesk.storage.keys.__file__), *steps.glob("*.py")])


def _digest(paths: Iterable[Path]) -> str:
    text = MAKERS + "".join(path.read_text("utf-8") for path in sorted(paths))
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def _flush(path: Path) -> None:
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
