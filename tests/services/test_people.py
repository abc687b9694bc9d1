"""Anyone is found by any part of a name, and a full NIK is only ever shown with a reason."""

import json
import random

import pytest

from bpjsdesk.domain.access import Role
from bpjsdesk.errors import UserError
from bpjsdesk.progress import CancelToken
from bpjsdesk.services import people
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.safety import list_audit
from bpjsdesk.storage.enrollment import NewPerson, add_people
from tests.offices import AsRole
from tests.services.lists import nik

SYLLABLES = "ma ri na to lu ka si wo ra de bu pe la ti no ku sa mo".upper().split()


def fill(office: AppContext, names: list[str]) -> None:
    rows = [
        NewPerson(number, nik(number), name, name, "1985-08-12", "", "L", "", None, "", "")
        for number, name in enumerate(names, start=1)
    ]
    with office.database.write() as connection:
        add_people(connection, rows)


@pytest.fixture
def crowd(office: AppContext) -> list[str]:
    rng = random.Random(7)
    words = ["".join(rng.choices(SYLLABLES, k=rng.randint(2, 3))) for _ in range(300)]
    names = [" ".join(rng.sample(words, k=rng.randint(1, 3))) for _ in range(2000)]
    fill(office, names)
    return names


def found(office: AppContext, text: str, limit: int = 5000) -> list[str]:
    return [item.name for item in people.find_people(office, text, limit=limit).people]


@pytest.mark.parametrize(
    "text", ["MAR", "ARI", "ka si", "TOLU", "É", "ma", "ZZZ", "RI NA", "%", '"']
)
def test_any_part_of_a_name_is_found_and_nothing_else(
    office: AppContext, crowd: list[str], text: str
) -> None:
    wanted = text.upper()
    expected = [name for name in crowd if name.startswith(wanted)]
    if len(wanted) >= 3:
        expected += [name for name in crowd if wanted in name and not name.startswith(wanted)]
    assert sorted(found(office, text)) == sorted(expected)


def test_names_that_begin_with_the_text_come_first_each_part_in_order(
    office: AppContext, crowd: list[str]
) -> None:
    names = found(office, "MARI")
    beginning = [name for name in names if name.startswith("MARI")]
    inside = names[len(beginning) :]
    assert beginning
    assert inside
    assert beginning == sorted(beginning)
    assert inside == sorted(inside)


def test_many_hits_are_found_by_walking_the_names(
    office: AppContext, crowd: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    sorted_way = found(office, "ARI")
    monkeypatch.setattr("bpjsdesk.storage.people.SORTED_HITS", 1)
    assert found(office, "ARI") == sorted_way


def test_a_nik_is_found_by_its_beginning(office: AppContext) -> None:
    fill(office, [f"ORANG {number}" for number in range(30)])
    start = nik(12)[:14]
    answer = people.find_people(office, f"{start[:6]} {start[6:]}", limit=10)
    assert len(answer.people) == 10
    assert answer.more
    assert found(office, nik(12)) == ["ORANG 11"]


def test_pages_by_id_make_the_whole_list_in_name_order(
    office: AppContext, crowd: list[str]
) -> None:
    order = people.people_order(office, CancelToken())
    assert order.itemsize == 4
    pages = [
        item.name
        for first in range(0, len(order), 128)
        for item in people.people_page(office, order[first : first + 128])
    ]
    assert pages == sorted(crowd)
    assert [item.name for item in people.first_people(office, 20)] == sorted(crowd)[:20]
    assert people.count_people(office) == len(crowd)


def test_lists_show_no_full_nik_and_no_full_phone(office: AppContext) -> None:
    fill(office, ["BUDI"])
    shown = repr(people.find_people(office, "BUDI")) + repr(people.get_person(office, 1))
    assert nik(1) not in shown
    assert "7171••••••••0001" in shown


def test_seeing_a_full_nik_takes_a_reason_and_is_written_down(
    office: AppContext, as_role: AsRole
) -> None:
    fill(office, ["BUDI"])
    with pytest.raises(UserError, match="REASON_MISSING"):
        people.reveal_numbers(office, 1, reason=" ", request_id=new_request_id())
    with pytest.raises(UserError, match="NOT_PERMITTED"):
        people.reveal_numbers(as_role(Role.READER), 1, reason="ingin", request_id=new_request_id())
    seen = people.reveal_numbers(office, 1, reason="Cocokkan KTP", request_id=new_request_id())
    assert (seen.nik, seen.phone) == (nik(1), "")
    entry = list_audit(office)[0]
    assert (entry.command, entry.object_id) == ("person.reveal", 1)
    assert entry.payload == {"reason": "Cocokkan KTP"}
    assert nik(1) not in json.dumps([item.payload for item in list_audit(office)])


def test_a_nik_is_never_shown_without_an_entry_for_that_very_person(office: AppContext) -> None:
    fill(office, ["BUDI", "SITI"])
    request_id = new_request_id()
    people.reveal_numbers(office, 1, reason="Cocokkan KTP", request_id=request_id)
    with pytest.raises(UserError, match="REQUEST_REUSED"):
        people.reveal_numbers(office, 2, reason="Cocokkan KTP", request_id=request_id)
    entries = len(list_audit(office))
    with pytest.raises(UserError, match="PERSON_MISSING"):
        people.reveal_numbers(office, 404, reason="Cocokkan KTP", request_id=new_request_id())
    assert len(list_audit(office)) == entries


def test_admins_see_nobody(as_role: AsRole) -> None:
    admin = as_role(Role.ADMIN)
    for look in (people.count_people, lambda it: people.find_people(it, "BUDI")):
        with pytest.raises(UserError, match="NOT_PERMITTED"):
            look(admin)


def test_a_person_who_is_gone_is_named(office: AppContext) -> None:
    with pytest.raises(UserError, match="PERSON_MISSING"):
        people.get_person(office, 404)
