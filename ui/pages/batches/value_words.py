"""What "Samakan nilai" says of a field as a whole."""

from bpjsdesk.domain.field_labels import FIELD_LABELS
from bpjsdesk.domain.wording import format_count
from ui.i18n import _
from ui.pages.batches.value_facts import ValueFacts


def open_words(facts: ValueFacts) -> tuple[str, str]:
    """Say how much is not understood yet, and in which tone."""
    groups = [group for field in facts.open_fields for group in facts.unknown(field)]
    if not groups:
        return _("Semua nilai dikenali"), "ok"
    words = _("{n} ejaan belum dipahami pada {rows} isian")
    rows = format_count(sum(group.rows for group in groups))
    spellings = format_count(sum(len(group.spellings) for group in groups))
    return words.format(n=spellings, rows=rows), "warn"


def field_words(facts: ValueFacts, field: str) -> str:
    """Name a field with what is open in it."""
    label = FIELD_LABELS[field]
    if field not in facts.fields:
        return _("{label} –").format(label=label)
    return f"{label} {format_count(len(facts.unknown(field)))}"


def calm_words(facts: ValueFacts, field: str) -> tuple[str, str]:
    """Say why there is nothing to be mapped, and what may be next."""
    label = FIELD_LABELS[field]
    if not facts.open_fields:
        words = _("{n} ejaan pada {fields} dibaca dengan pasti. Lanjutkan ke pemeriksaan.")
        names = ", ".join(FIELD_LABELS[name].lower() for name in facts.fields)
        told = words.format(n=format_count(facts.spellings), fields=names)
        none = _("Daftar ini tidak memuat kelurahan, pekerjaan, jenis kelamin, atau kategori.")
        return _("Semua nilai dikenali"), told if facts.fields else none
    left = ", ".join(FIELD_LABELS[name] for name in facts.open_fields)
    more = _("Masih ada ejaan yang belum dipahami: {names}. F6 membukanya.").format(names=left)
    if field not in facts.fields:
        return _("Berkas ini tidak punya kolom {label}").format(label=label), more
    return _("Semua isian {label} dikenali").format(label=label), more
