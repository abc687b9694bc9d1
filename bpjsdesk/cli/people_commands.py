"""people find | lookup | show | request | requests | approve | refuse | end | resume | merge …"""

from argparse import Namespace
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bpjsdesk.cli.output import Result
from bpjsdesk.cli.session import opened, target_of
from bpjsdesk.clock import Clock
from bpjsdesk.domain.lookup import COVER_LABELS
from bpjsdesk.domain.person_changes import FIELD_LABELS, ChangeRequest, IdentityField
from bpjsdesk.domain.person_file import PersonFile
from bpjsdesk.domain.wording import format_count, format_date, format_month_range
from bpjsdesk.errors import UserError
from bpjsdesk.progress import CancelToken
from bpjsdesk.services import identity_requests, people, person_changes
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.people_lookup import export_lookup, look_up, look_up_file
from bpjsdesk.services.person_file import person_file

_NIK_LENGTH = 16
_FIELDS = {"nik": IdentityField.NIK, "name": IdentityField.NAME, "born": IdentityField.BIRTH_DATE}


def find(arguments: Namespace, clock: Clock) -> Result:
    with opened(arguments, clock) as context:
        found = people.find_people(context, arguments.text, limit=arguments.limit)
    lines = [
        "  ".join(filter(None, (item.masked_nik, item.name, item.region_name, item.note)))
        for item in found.people
    ]
    if found.more:
        lines.append("… masih ada lagi; ketik lebih banyak huruf.")
    data = {"people": found.people, "more": found.more}
    return Result(data=data, lines=tuple(lines) or ("Tidak ditemukan.",))


def lookup(arguments: Namespace, clock: Clock) -> Result:
    path = Path(arguments.file)
    out = target_of(arguments, arguments.out) if arguments.out else None
    with opened(arguments, clock) as context:
        if path.suffix.casefold() == ".txt":
            found = look_up(context, path.read_text(encoding="utf-8-sig"))
        else:
            found = look_up_file(context, path, cancel=CancelToken())
        if out is not None:
            export_lookup(context, found, out, request_id=new_request_id())
    # the digits that were pasted are not given back where they are a NIK: they show masked
    data = [{**asdict(line), "text": "" if line.nik else line.text} for line in found.lines]
    counts = {cover.value: count for cover, count in found.counts.items()}
    lines = [
        f"{format_count(count):>9}  {COVER_LABELS[cover]}" for cover, count in found.counts.items()
    ]
    if found.blank:
        lines.append(f"{format_count(found.blank):>9}  baris kosong")
    said = {"people": data, "counts": counts, "blank": found.blank, "heading": found.heading}
    return Result(data=said | ({"file": out} if out else {}), lines=tuple(lines))


def show(arguments: Namespace, clock: Clock) -> Result:
    with opened(arguments, clock) as context:
        found = person_file(context, _person_id(context, arguments.person))
    data = {
        "person": found.person,
        "kpj": found.kpj,
        "end": found.end,
        "months_after_end": found.months_after_end,
        "joined": found.joined,
        "requests": found.requests,
        "origins": found.origins,
        "heirs": found.heirs,
        "history": found.history,
    }
    return Result(data=data, lines=tuple(_shown(found)))


def request(arguments: Namespace, clock: Clock) -> Result:
    with opened(arguments, clock) as context:
        answer = identity_requests.request_change(
            context,
            _person_id(context, arguments.person),
            _FIELDS[arguments.field],
            arguments.value,
            basis=arguments.basis,
            request_id=new_request_id(),
        )
    line = f"Permintaan {answer.object_id} diajukan dan menunggu persetujuan."
    return Result(data={"request_no": answer.object_id}, lines=(line,))


def requests(arguments: Namespace, clock: Clock) -> Result:
    with opened(arguments, clock) as context:
        found = identity_requests.list_requests(context, only_open=not arguments.all)
    lines = tuple(map(_request_line, found)) or ("Tidak ada permintaan.",)
    return Result(data={"requests": found}, lines=lines)


def approve(arguments: Namespace, clock: Clock) -> Result:
    return _decided(arguments, clock, approve=True, word="disetujui; datanya sudah berubah")


def refuse(arguments: Namespace, clock: Clock) -> Result:
    return _decided(arguments, clock, approve=False, word="ditolak")


def end(arguments: Namespace, clock: Clock) -> Result:
    with opened(arguments, clock) as context:
        person_id = _person_id(context, arguments.person)
        identity_requests.end_membership(
            context,
            person_id,
            arguments.reason,
            since=arguments.on,
            note=arguments.note,
            request_id=new_request_id(),
        )
        after = person_file(context, person_id).months_after_end
    line = "Berakhirnya kepesertaan dicatat."
    if after:
        line += f" {len(after)} bulan sesudahnya sudah dibayar: {_months(after)}."
    return Result(data={"person_id": person_id, "months_after_end": after}, lines=(line,))


def resume(arguments: Namespace, clock: Clock) -> Result:
    with opened(arguments, clock) as context:
        person_id = _person_id(context, arguments.person)
        identity_requests.resume_membership(context, person_id, request_id=new_request_id())
    return Result(data={"person_id": person_id}, lines=("Catatan berakhir dicabut.",))


def merge(arguments: Namespace, clock: Clock) -> Result:
    with opened(arguments, clock) as context:
        kept, other = (_person_id(context, each) for each in (arguments.kept, arguments.other))
        answer = person_changes.merge_people(
            context, kept, other, reason=arguments.reason, request_id=new_request_id()
        )
    data = {"merge_id": answer.object_id, "person_id": kept}
    return Result(data=data, lines=(f"Digabung, nomor penggabungan {answer.object_id}.",))


def unmerge(arguments: Namespace, clock: Clock) -> Result:
    with opened(arguments, clock) as context:
        person_changes.unmerge_people(context, arguments.id, request_id=new_request_id())
    return Result(data={"merge_id": arguments.id}, lines=("Penggabungan dilepas.",))


def _decided(arguments: Namespace, clock: Clock, *, approve: bool, word: str) -> Result:
    with opened(arguments, clock) as context:
        identity_requests.decide_change(
            context,
            arguments.id,
            approve=approve,
            note=arguments.note,
            request_id=new_request_id(),
        )
    line = f"Permintaan {arguments.id} {word}."
    return Result(data={"request_no": arguments.id, "approved": approve}, lines=(line,))


def _person_id(context: AppContext, text: str) -> int:
    """Find whom a NIK or the number of the register means."""
    if not text.isdigit() or len(text) > _NIK_LENGTH:
        raise UserError("PERSON_UNCLEAR", "Tulis NIK 16 angka atau nomor orang di daftar.")
    if len(text) < _NIK_LENGTH:
        return int(text)
    found = people.find_people(context, text, limit=1).people
    if not found:
        raise UserError("PERSON_MISSING", "NIK itu tidak tercatat. Periksa angkanya.")
    return found[0].person_id


def _shown(found: PersonFile) -> list[str]:
    person = found.person
    lines = [f"{person.masked_nik}  {person.name}"]
    if found.end is not None:
        lines.append(f"Berakhir {format_date(found.end.since)}: {found.end.reason.name}")
    if found.months_after_end:
        lines.append(f"Dibayar sesudah berakhir: {_months(found.months_after_end)}")
    for joined in found.joined:
        way = "Digabung ke" if joined.is_kept else "Termasuk"
        lines.append(f"{way} {joined.masked_nik} {joined.name} (penggabungan {joined.merge_id})")
    lines += [
        f"  {format_month_range(part.from_month, part.to_month)}  {part.agreement_title}, "
        f"batch {part.batch_number}: {part.source}"
        for part in person.memberships
    ]
    lines += [f"  {origin.label}: {origin.source}" for origin in found.origins]
    lines += [f"  {deed.at[:16]}  {deed.who}  {deed.words}" for deed in found.history]
    return lines


def _months(months: tuple[Any, ...]) -> str:
    return format_month_range(months[0], months[-1])


def _request_line(found: ChangeRequest) -> str:
    label, state = FIELD_LABELS[found.field], found.decision or "menunggu"
    change = f"{found.before or '–'} → {found.after}"
    return f"{found.request_no}  {found.person_name}  {label}: {change}  ({state})"
