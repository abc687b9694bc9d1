"""Scenes of people."""

from dataclasses import replace
from datetime import date

from PySide6.QtGui import QGuiApplication

from bpjsdesk.cli.demo_office.founding import USERS
from bpjsdesk.domain.access import Role
from bpjsdesk.domain.people import PersonListItem
from bpjsdesk.domain.person_changes import IdentityField
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.identity_requests import decide_change, end_membership, request_change
from bpjsdesk.services.office import load_user
from bpjsdesk.services.people import find_people, first_people, get_person
from bpjsdesk.services.person_changes import merge_people
from bpjsdesk.storage import people as register
from build_scripts.screens.acts import (
    main_window,
    open_page,
    plain_page,
    search_for,
    search_in_vain,
)
from build_scripts.screens.scene import EMPTY, Scene
from build_scripts.screens.stage import Stage
from build_scripts.screens.waiting import SceneProblem
from ui.page import Page
from ui.pages.people.page import PeoplePage

_PEOPLE = 60


def people_scenes() -> tuple[Scene, ...]:
    """List the scenes of people."""
    return (
        Scene(name="peserta", covers=("page:people",), play=plain_page("people"), main=True),
        Scene(name="peserta-cari", covers=(), play=_search),
        Scene(
            name="peserta-tak-cocok",
            covers=("empty:pages/people/page:filter",),
            play=search_in_vain("people"),
        ),
        Scene(
            name="peserta-kosong",
            covers=("empty:pages/people/page:Belum ada peserta",),
            play=plain_page("people"),
            office=EMPTY,
        ),
        Scene(name="peserta-alasan", covers=(), play=_ask),
        Scene(name="peserta-terbuka", covers=(), play=_revealed, own_copy=True),
        Scene(name="peserta-ubah", covers=(), play=_change),
        Scene(name="peserta-catat-berakhir", covers=(), play=_ending),
        Scene(name="peserta-berakhir", covers=(), play=_ended, own_copy=True, main=True),
        Scene(name="peserta-gabung", covers=(), play=_merging, main=True),
        Scene(name="peserta-digabung", covers=(), play=_merged, own_copy=True),
        Scene(name="peserta-riwayat", covers=(), play=_trace, own_copy=True, main=True),
        *_other_views(),
    )


def _other_views() -> tuple[Scene, ...]:
    asking = "empty:pages/people/lookup_view:Tempel NIK untuk dicek"
    return (
        Scene(name="peserta-cek-kosong", covers=(asking,), play=_lookup),
        Scene(name="peserta-cek", covers=(), play=_looked_up, main=True),
        Scene(
            name="peserta-permintaan-kosong",
            covers=("empty:pages/people/request_view:circle-check",),
            play=_no_requests,
        ),
        Scene(name="peserta-permintaan", covers=(), play=_requests, own_copy=True, main=True),
    )


def _search(stage: Stage) -> None:
    open_page(stage, Page, "people")
    search_for(stage, "rumengan")


def _ask(stage: Stage) -> None:
    _search(stage)
    stage.key("Ctrl+M")


def _revealed(stage: Stage) -> None:
    _ask(stage)
    stage.key("Return")


def _app(stage: Stage) -> AppContext:
    return main_window(stage).context.app


def _as_clerk(stage: Stage) -> AppContext:
    app = _app(stage)
    with app.database.read() as connection:
        return replace(app, user=load_user(connection, USERS[Role.CLERK][0]))


def _member(stage: Stage, *, nth: int = 0) -> PersonListItem:
    """Give somebody with paid months. Raises: SceneProblem."""
    app = _app(stage)
    paid = [
        item for item in first_people(app, _PEOPLE) if get_person(app, item.person_id).memberships
    ]
    if len(paid) <= nth:
        raise SceneProblem("nobody has paid months")
    return paid[nth]


def _shown(stage: Stage, person_id: int) -> PeoplePage:
    page = open_page(stage, PeoplePage, "people")
    page.open_record(person_id)
    stage.settle()
    return page


def _change(stage: Stage) -> None:
    _shown(stage, _member(stage).person_id)
    stage.key("F2")
    stage.write("NAME", "MARIA CONTOH RUMENGAN")


def _ending(stage: Stage) -> None:
    _shown(stage, _member(stage).person_id)
    stage.key("Ctrl+D")
    stage.choose("reason", "meninggal")
    stage.write("since", "20042026")


def _ended(stage: Stage) -> None:
    person_id = _member(stage).person_id
    end_membership(
        _as_clerk(stage),
        person_id,
        "MENINGGAL",
        since=date(2026, 8, 20),
        note="Akta kematian 7171-KM-20082026-0001",
        request_id=new_request_id(),
    )
    _shown(stage, person_id)


def _merging(stage: Stage) -> None:
    one = _member(stage)
    other = next(
        each
        for each in find_people(_app(stage), one.name.split()[0]).people
        if each.person_id != one.person_id
    )
    page = _shown(stage, one.person_id)
    stage.key("Ctrl+G")
    page.view.merge.search.setText(other.name)
    stage.settle()
    stage.until(lambda: page.view.merge.list.model().rowCount() > 0, "somebody to join")
    page.view.merge.list.choose_row(0)
    stage.settle()


def _merged(stage: Stage) -> None:
    app = _app(stage)
    with app.database.read() as connection:
        names = list(register.ids_in_name_order(connection))
    free = [each for each in names if not get_person(app, each).memberships][:2]
    kept = _member(stage).person_id
    if not free:
        raise SceneProblem("nobody without months")
    merge_people(
        app,
        kept,
        free[0],
        reason="NIK salah ketik di daftar tahap I",
        request_id=new_request_id(),
    )
    _shown(stage, kept)


def _trace(stage: Stage) -> None:
    person = _member(stage)
    _asked(stage, person, (IdentityField.NAME, "MARIA CONTOH RUMENGAN"), approve=True)
    _asked(stage, person, (IdentityField.BIRTH_DATE, "13-08-1985"), approve=False)
    _shown(stage, person.person_id)
    stage.key("Alt+H")


def _lookup(stage: Stage) -> None:
    open_page(stage, PeoplePage, "people")
    stage.key("Ctrl+B")


def _looked_up(stage: Stage) -> None:
    app = _app(stage)
    with app.database.read() as connection:
        ids = list(register.ids_in_name_order(connection))[:9]
        numbers = [register.numbers_of(connection, each) for each in ids]
    niks = [each.nik for each in numbers if each is not None]
    rows = ["NIK", *niks[:5], "", "7171010101990099", "717101010199", *niks[5:], niks[0], "kosong"]
    QGuiApplication.clipboard().setText("\r\n".join(rows))
    _lookup(stage)
    stage.key("Ctrl+V")


def _no_requests(stage: Stage) -> None:
    open_page(stage, PeoplePage, "people")
    stage.key("Ctrl+R")


def _requests(stage: Stage) -> None:
    changes = (
        (IdentityField.NAME, "MARIA CONTOH RUMENGAN"),
        (IdentityField.BIRTH_DATE, "13-08-1985"),
        (IdentityField.NIK, "7171015508850977"),
    )
    for nth, change in enumerate(changes):
        _asked(stage, _member(stage, nth=nth), change)
    _no_requests(stage)


def _asked(
    stage: Stage,
    person: PersonListItem,
    change: tuple[IdentityField, str],
    *,
    approve: bool | None = None,
) -> None:
    number = request_change(
        _as_clerk(stage),
        person.person_id,
        *change,
        basis="KTP asli dan KK, diperiksa di loket",
        request_id=new_request_id(),
    ).object_id
    if approve is not None:
        note = "cocok dengan KTP" if approve else "KTP dan KK berbeda"
        decide_change(_app(stage), number, approve=approve, note=note, request_id=new_request_id())
