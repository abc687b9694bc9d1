"""Founding, opening and keeping an office; users come and go."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from bpjsdesk.clock import Clock
from bpjsdesk.domain.access import NewUser, Role
from bpjsdesk.domain.office import NewOffice, Office
from bpjsdesk.errors import EnvironmentProblem, UserError
from bpjsdesk.paths import AppPaths
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.office import create_office, get_office, open_office, save_office
from bpjsdesk.services.users import add_user, disable_user, list_users
from bpjsdesk.storage.data_place import Place
from bpjsdesk.storage.keys import RECOVERY, KeyFile, normal_recovery_code, unwrap
from tests.offices import CHEAP, FOUNDER, NOW, PASSWORD, AsRole


def founding(
    *, password: str = PASSWORD, name: str = "rina", office: str = "KC Manado"
) -> NewOffice:
    user = NewUser(name=name, display_name="Rina", role=Role.SUPERVISOR, password=password)
    return NewOffice(office=Office(name=office), first_user=user)


def test_the_recovery_code_opens_what_was_founded(tmp_path: Path, clock: Clock) -> None:
    paths = AppPaths(tmp_path)
    created = create_office(paths, founding(), clock, cost=CHEAP)
    entry = KeyFile(paths).entries()[RECOVERY]
    assert unwrap(entry, normal_recovery_code(created.recovery_code)) == created.context.data_key
    created.context.close()
    assert created.recovery_code.replace("-", "") not in paths.keys.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("pendek", "PASSWORD_SHORT"),
        ("bpjsketenagakerjaan", "PASSWORD_COMMON"),
        ("rinarinarina123456", "PASSWORD_COMMON"),
        ("x" * 129, "PASSWORD_LONG"),
    ],
)
def test_a_weak_password_is_refused_before_anything_is_made(
    tmp_path: Path, clock: Clock, password: str, code: str
) -> None:
    with pytest.raises(UserError, match=code):
        create_office(AppPaths(tmp_path / "x"), founding(password=password), clock, cost=CHEAP)
    assert not (tmp_path / "x").exists()


def test_a_folder_holds_one_office(founded: Path, clock: Clock) -> None:
    with pytest.raises(UserError, match="OFFICE_EXISTS"):
        create_office(AppPaths(founded), founding(), clock, cost=CHEAP)


@pytest.mark.parametrize(
    "refused",
    [
        (Place(folder=Path("/x"), is_network=True), "DATA_ON_NETWORK"),
        (Place(folder=Path("/x"), cloud="OneDrive"), "DATA_IN_CLOUD"),
    ],
)
def test_an_office_is_neither_founded_nor_opened_where_its_data_is_not_safe(
    founded: Path, tmp_path: Path, clock: Clock, refused: tuple[Place, str]
) -> None:
    place, code = refused
    with pytest.raises(UserError, match=code):
        create_office(AppPaths(tmp_path / "x"), founding(), clock, cost=CHEAP, place=place)
    assert not (tmp_path / "x").exists()
    with pytest.raises(UserError, match=code):
        open_office(AppPaths(founded), FOUNDER, PASSWORD, clock, place=place)


def test_the_system_is_asked_where_the_folder_lies(tmp_path: Path, clock: Clock) -> None:
    synced = tmp_path / "OneDrive - Kantor" / "data"
    with pytest.raises(UserError, match="DATA_IN_CLOUD"):
        create_office(AppPaths(synced), founding(), clock, cost=CHEAP)
    assert not synced.exists()
    created = create_office(AppPaths(tmp_path / "data"), founding(), clock, cost=CHEAP)
    created.context.close()
    synced.parent.mkdir()
    (tmp_path / "data").rename(synced)
    with pytest.raises(UserError, match="DATA_IN_CLOUD"):
        open_office(AppPaths(synced), "rina", PASSWORD, clock)


def test_a_founding_that_was_cut_short_is_set_aside_not_deleted(
    tmp_path: Path, clock: Clock
) -> None:
    paths = AppPaths(tmp_path)
    paths.database.write_bytes(b"a store whose keys were never written")
    create_office(paths, founding(), clock, cost=CHEAP).context.close()
    kept = list(tmp_path.glob("bpjsdesk.db.tanpa-kunci-*"))
    assert [path.read_bytes() for path in kept] == [b"a store whose keys were never written"]


@pytest.mark.parametrize(("name", "password"), [("rina", "salah salah salah"), ("tono", PASSWORD)])
def test_a_wrong_name_and_a_wrong_password_get_the_same_answer(
    founded: Path, clock: Clock, name: str, password: str
) -> None:
    with pytest.raises(UserError, match="LOGIN_REFUSED"):
        open_office(AppPaths(founded), name, password, clock)


def test_names_are_compared_without_case(founded: Path, clock: Clock) -> None:
    context = open_office(AppPaths(founded), f" {FOUNDER.upper()} ", PASSWORD, clock)
    assert context.user.name == FOUNDER
    context.close()


def test_a_missing_office_and_a_missing_store_are_named(
    founded: Path, tmp_path: Path, clock: Clock
) -> None:
    with pytest.raises(UserError, match="OFFICE_MISSING"):
        open_office(AppPaths(tmp_path), "rina", PASSWORD, clock)
    (tmp_path / "kunci.json").write_bytes((founded / "kunci.json").read_bytes())
    with pytest.raises(EnvironmentProblem, match="STORE_MISSING"):
        open_office(AppPaths(tmp_path), FOUNDER, PASSWORD, clock)


def test_no_password_and_no_key_stands_on_disk(office: AppContext) -> None:
    for path in office.paths.data.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert PASSWORD.encode() not in content
            assert office.data_key not in content
            assert office.data_key.hex().encode() not in content


def test_the_letterhead_is_changed_with_the_version_that_was_read(office: AppContext) -> None:
    seen = get_office(office)
    save_office(office, replace(seen, place="Kotamobagu"), request_id=new_request_id())
    assert get_office(office).place == "Kotamobagu"
    with pytest.raises(UserError, match="CONFLICT"):
        save_office(office, replace(seen, place="Bitung"), request_id=new_request_id())


def test_a_user_who_left_cannot_log_in_any_more(office: AppContext, clock: Clock) -> None:
    tono = NewUser(name="Tono", display_name="", role=Role.CLERK, password="dua ekor kucing hitam")
    user_id = add_user(office, tono, request_id=new_request_id(), cost=CHEAP).object_id
    opened = open_office(office.paths, "tono", tono.password, clock)
    assert opened.user.display_name == "Tono"
    opened.close()
    disable_user(office, user_id, request_id=new_request_id())
    with pytest.raises(UserError, match="LOGIN_REFUSED"):
        open_office(office.paths, "tono", tono.password, clock)
    assert [user.active for user in list_users(office) if user.name == "tono"] == [False]


def test_user_names_are_unique_and_nobody_removes_himself(office: AppContext) -> None:
    again = NewUser(name="RINA", display_name="", role=Role.CLERK, password=PASSWORD)
    with pytest.raises(UserError, match="USER_EXISTS"):
        add_user(office, again, request_id=new_request_id(), cost=CHEAP)
    with pytest.raises(UserError, match="USER_IS_YOU"):
        disable_user(office, office.user.user_id, request_id=new_request_id())
    with pytest.raises(UserError, match="USER_MISSING"):
        disable_user(office, 404, request_id=new_request_id())


def test_clerks_do_not_add_users(office: AppContext, as_role: AsRole) -> None:
    user = NewUser(name="tono", display_name="", role=Role.SUPERVISOR, password=PASSWORD)
    with pytest.raises(UserError, match="NOT_PERMITTED"):
        add_user(as_role(Role.CLERK), user, request_id=new_request_id(), cost=CHEAP)
    entries = json.loads(office.paths.keys.read_text(encoding="utf-8"))["entries"]
    assert "pengguna:tono" not in {entry["holder"] for entry in entries}


def test_the_clock_is_the_one_that_was_passed_in(office: AppContext) -> None:
    assert office.clock() == NOW
