"""The import as it is usually written: openpyxl, a pydantic model a row, ORM `add_all`."""

import json
import time
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pydantic
from sqlalchemy import Connection, Engine, ForeignKey, create_engine, event, func, select, text
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship
from sqlcipher3 import dbapi2

from build_scripts.bench_rows.drivers import driver_connection
from build_scripts.bench_rows.import_sides import SEARCH, months
from build_scripts.bench_rows.people import villages
from build_scripts.bench_rows.stores import opened


class Base(DeclarativeBase):
    """The base of the mapped classes."""


class Person(Base):
    """A person of the register."""

    __tablename__ = "person"
    id: Mapped[int] = mapped_column(primary_key=True)
    nik: Mapped[str]
    name: Mapped[str]
    name_key: Mapped[str]
    birth_date: Mapped[date | None]
    birth_place: Mapped[str]
    sex: Mapped[str]
    address: Mapped[str]
    region_code: Mapped[str | None]
    phone: Mapped[str]
    occupation: Mapped[str]


class Membership(Base):
    """The months of a person."""

    __tablename__ = "membership"
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    batch_id: Mapped[int]
    from_month: Mapped[date]
    to_month: Mapped[date]
    status: Mapped[str]
    person: Mapped[Person] = relationship()


class Line(Base):
    """A row of the file."""

    __tablename__ = "batch_line"
    id: Mapped[int] = mapped_column(primary_key=True)
    batch_id: Mapped[int]
    sheet: Mapped[str]
    row_no: Mapped[int]
    status: Mapped[str]
    codes: Mapped[str]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    cells: Mapped[str]
    person: Mapped[Person | None] = relationship()


class Row(pydantic.BaseModel):
    """A row of the list with the usual checks."""

    nik: str = pydantic.Field(pattern=r"^\d{16}$")
    name: str = pydantic.Field(min_length=1)
    sex: str = pydantic.Field(pattern=r"^[LP]$")
    birth_place: str
    birth_date: date
    address: str
    neighbourhood: str
    village: str
    district: str
    occupation: str
    phone: str

    @pydantic.model_validator(mode="after")
    def agrees_with_nik(self) -> "Row":
        """Compare the birth date and the sex with the NIK, and the age with its limit."""
        day = self.birth_date.day + (40 if self.sex == "P" else 0)
        if self.nik[6:12] != f"{day:02d}{self.birth_date:%m%y}":
            raise ValueError("the NIK says another birth date or sex")
        if not 17 <= 2026 - self.birth_date.year <= 65:
            raise ValueError("too young or too old")
        return self


FIELDS = (
    *("nik", "name", "sex", "birth_place", "birth_date", "address", "neighbourhood", "village"),
    *("district", "occupation", "phone"),
)
CHUNK = 500


def usual(*, office: str, file: str) -> dict[str, Any]:
    """Load the list; held rows are only counted, and nothing is written into a history."""
    engine = _engine(office)
    places = {(place.district, place.name): place.code for place in villages()}
    started = time.perf_counter()
    sheet = openpyxl.load_workbook(file, read_only=True, data_only=True).worksheets[0]
    cells = [list(row[1:12]) for row in sheet.iter_rows(min_row=2, values_only=True)]
    good = list(filter(None, map(_parsed, enumerate(cells, start=2))))
    with Session(engine) as session:
        known = _known(session, [row.nik for _, row in good])
        before = session.execute(select(func.max(Person.id))).scalar_one()
        seen = set(known)
        for number, row in good:
            if row.nik not in seen:
                seen.add(row.nik)
                session.add_all(_records(number, row, places.get((row.district, row.village))))
        session.flush()
        session.execute(text(SEARCH.replace("?", ":before")), {"before": before})
        session.commit()
    seconds = time.perf_counter() - started
    return {"seconds": seconds, "rows": len(cells), "accepted": len(seen) - len(known)}


def _parsed(numbered: tuple[int, list[Any]]) -> tuple[int, Row] | None:
    number, cells = numbered
    if isinstance(cells[4], datetime):
        cells[4] = cells[4].date()
    try:
        given = {name: cell or "" for name, cell in zip(FIELDS, cells, strict=True)}
        return number, Row.model_validate(given)
    except pydantic.ValidationError:
        return None


def _known(session: Session, niks: list[str]) -> set[str]:
    found: set[str] = set()
    for first in range(0, len(niks), CHUNK):
        some = niks[first : first + CHUNK]
        found.update(session.execute(select(Person.nik).where(Person.nik.in_(some))).scalars())
    return found


def _records(number: int, row: Row, region: str | None) -> list[Base]:
    person = Person(
        nik=row.nik,
        name=row.name,
        name_key=row.name,
        birth_date=row.birth_date,
        birth_place=row.birth_place,
        sex=row.sex,
        address=row.address,
        region_code=region,
        phone=row.phone,
        occupation=row.occupation,
    )
    first, last = months()
    cells = json.dumps(list(row.model_dump(mode="json").values()), ensure_ascii=False)
    return [
        person,
        Membership(person=person, batch_id=1, from_month=first, to_month=last, status="ACTIVE"),
        Line(
            person=person,
            batch_id=1,
            sheet="Peserta",
            row_no=number,
            status="ACCEPTED",
            codes="",
            cells=cells,
        ),
    ]


def _engine(office: str) -> Engine:
    context = opened(Path(office))
    path, key = context.database.path, context.data_key
    context.close()
    engine = create_engine(
        "sqlite+pysqlite://",
        module=dbapi2,
        creator=lambda: driver_connection(path, key, read_only=False),
    )

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine
