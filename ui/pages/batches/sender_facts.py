"""What the page of a sender shows, read in the background, and what is changed there."""

from collections.abc import Mapping
from dataclasses import dataclass

from bpjsdesk.domain.changes import Answer
from bpjsdesk.domain.chart import ChartSeries, ChartSpec
from bpjsdesk.domain.field_labels import FIELD_LABELS
from bpjsdesk.domain.senders import Sender, SenderProfile
from bpjsdesk.progress import CancelToken, ProgressSink
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.reference import region_names
from bpjsdesk.services.senders import forget, save_sender, sender_profile
from bpjsdesk.services.value_mapping import SEX_LABELS
from ui.i18n import _
from ui.tasks import Work

_MOST_BARS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """A heading or a spelling and what it means; `field` is empty for a heading."""

    field: str
    key: str
    text: str
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SenderFacts:
    """A sender with names instead of codes."""

    profile: SenderProfile
    headings: tuple[Remembered, ...]
    spellings: tuple[Remembered, ...]


def sender_facts_work(app: AppContext, sender_id: int) -> Work:
    """Read what is known of a sender; gives SenderFacts."""

    def work(_progress: ProgressSink, _cancel: CancelToken) -> SenderFacts:
        profile = sender_profile(app, sender_id)
        names = region_names(app, profile.values.get("village", {}).values())
        return SenderFacts(
            profile=profile,
            headings=tuple(
                Remembered(
                    field="",
                    key=heading,
                    text=profile.texts["", heading],
                    meaning=FIELD_LABELS.get(field, _("tidak dipakai")),
                )
                for heading, field in sorted(profile.columns.items())
            ),
            spellings=tuple(_spellings(profile, {**names, **SEX_LABELS})),
        )

    return work


def _spellings(profile: SenderProfile, names: Mapping[str, str]) -> list[Remembered]:
    return [
        Remembered(
            field=field,
            key=spelling,
            text=profile.texts[field, spelling],
            meaning=names.get(value, value),
        )
        for field, found in sorted(profile.values.items())
        for spelling, value in sorted(found.items())
    ]


def forget_work(app: AppContext, sender: Sender, entry: Remembered) -> Work:
    """Forget a heading or a spelling; gives an Answer."""
    request_id = new_request_id()

    def work(_progress: ProgressSink, _cancel: CancelToken) -> Answer:
        if entry.field:
            spellings = {entry.field: (entry.key,)}
            return forget(app, sender, spellings=spellings, request_id=request_id)
        return forget(app, sender, headings=(entry.key,), request_id=request_id)

    return work


def rename_work(app: AppContext, sender: Sender, name: str) -> Work:
    """Give a sender another name; gives an Answer."""
    request_id = new_request_id()

    def work(_progress: ProgressSink, _cancel: CancelToken) -> Answer:
        return save_sender(
            app,
            name=name,
            note=sender.note,
            request_id=request_id,
            sender_id=sender.sender_id,
            version=sender.version,
        )

    return work


def share_chart(profile: SenderProfile) -> ChartSpec | None:
    """Draw how the share of bad rows went; None where no list has been decided yet."""
    judged = [(batch, batch.share) for batch in profile.batches if batch.share is not None]
    shown = judged[-_MOST_BARS:]
    if not shown:
        return None
    return ChartSpec(
        title=_("Baris bermasalah tiap kiriman"),
        categories=tuple(batch.number.rpartition("-")[2] for batch, _share in shown),
        series=(
            ChartSeries(
                name=_("Baris bermasalah"),
                values=tuple(round(share * 100) for _batch, share in shown),
            ),
        ),
        unit=_("persen dari baris"),
        highlighted=len(shown) - 1,
    )
