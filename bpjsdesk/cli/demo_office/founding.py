"""Found the practice office: letterhead, practice users with one password, people who sign."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from bpjsdesk.cli.demo_office import agreements_manado as manado
from bpjsdesk.cli.demo_office import agreements_others as others
from bpjsdesk.clock import Clock
from bpjsdesk.domain.access import ROLE_LABELS, NewUser, Role
from bpjsdesk.domain.office import NewOffice, Office, SignatoryPerson
from bpjsdesk.files import atomic_write
from bpjsdesk.paths import AppPaths
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.office import create_office, load_user
from bpjsdesk.services.reference import save_signatory
from bpjsdesk.services.users import add_user

OFFICE = Office(
    name="Kantor Cabang Manado",
    address="Jalan Contoh Raya Nomor 10, Manado 95000",
    phone="(0431) 000000",
    website="www.contoh.example",
    place="Manado",
    region_code="71.71",
    practice=True,
    requests_text=(
        "Anggaran iuran pekerja rentan tahun berikutnya ditetapkan sebelum 31 Desember.\n"
        "Data calon peserta diserahkan paling lambat tanggal 20 setiap bulan.\n"
        "Kelurahan membantu menyampaikan pemberitahuan kepada peserta dan ahli waris."
    ),
)
PASSWORD = "perahu biru berlayar"
USERS: Mapping[Role, tuple[str, str]] = {
    Role.CLERK: ("rina", "Rina Tumewu"),
    Role.SUPERVISOR: ("hendrik", "Hendrik Pontoh"),
    Role.ADMIN: ("sari", "Sari Lumowa"),
    Role.READER: ("beni", "Beni Karundeng"),
}
SINCE = date(2023, 1, 2)
SIGNATORIES = (
    SignatoryPerson(
        institution=manado.BRANCH,
        name=manado.HEAD_OF_BRANCH,
        position=manado.HEAD_POSITION,
        identity_line="NPK 000000000",
        valid_from=SINCE,
        legal_basis="Surat Keputusan contoh",
    ),
    SignatoryPerson(
        institution=manado.CITY,
        name=manado.MAYOR,
        position=manado.MAYOR_POSITION,
        valid_from=SINCE,
    ),
    SignatoryPerson(
        institution=others.CITY,
        name=others.KOTAMOBAGU_MAYOR,
        position="Wali Kota Kotamobagu",
        valid_from=SINCE,
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """The founded office as each of its practice users sees it."""

    clerk: AppContext
    supervisor: AppContext
    recovery_code: str

    def close(self) -> None:
        """Let go of the file; all users share one connection."""
        self.supervisor.close()


def found_office(paths: AppPaths, clock: Clock) -> Staff:
    """Create the office with all practice users and write their card.

    Raises: UserError OFFICE_EXISTS; EnvironmentProblem.
    """
    created = create_office(
        paths, NewOffice(office=OFFICE, first_user=_new_user(Role.SUPERVISOR)), clock
    )
    supervisor = created.context
    for role in USERS:
        if role is not Role.SUPERVISOR:
            add_user(supervisor, _new_user(role), request_id=new_request_id())
    for person in SIGNATORIES:
        save_signatory(supervisor, person, request_id=new_request_id())
    atomic_write(paths.practice_card, json.dumps(practice_card(), ensure_ascii=False).encode())
    return Staff(
        clerk=_as_role(supervisor, Role.CLERK),
        supervisor=supervisor,
        recovery_code=created.recovery_code,
    )


def practice_card() -> dict[str, object]:
    """Tell who may log in to the practice office, and how."""
    return {
        "office": OFFICE.name,
        "users": [
            {"name": name, "display_name": display_name, "role": ROLE_LABELS[role]}
            for role, (name, display_name) in USERS.items()
        ],
        "password": PASSWORD,
    }


def _new_user(role: Role) -> NewUser:
    name, display_name = USERS[role]
    return NewUser(name=name, display_name=display_name, role=role, password=PASSWORD)


def _as_role(context: AppContext, role: Role) -> AppContext:
    """Give the session of another user; the office was founded with all passwords at hand."""
    with context.database.read() as connection:
        return replace(context, user=load_user(connection, USERS[role][0]))
