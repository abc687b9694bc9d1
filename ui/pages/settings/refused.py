"""What a page shows to a role that may not read it."""

from bpjsdesk.domain.access import ROLE_LABELS, Role
from ui.i18n import _
from ui.widgets.message import EmptyState


def refused_state(role: Role) -> EmptyState:
    """Say that the page belongs to other roles, and whom to ask."""
    return EmptyState(
        "lock",
        _("Halaman ini tidak termasuk peran Anda"),
        _(
            "Peran {role} tidak membuka data ini. Bila perlu untuk pekerjaan Anda, mintalah "
            "penyelia membuatkan pengguna dengan peran yang sesuai."
        ).format(role=ROLE_LABELS[role]),
    )
