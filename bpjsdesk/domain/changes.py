"""What a use case touched, so that open views can decide whether to reload."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """Name the kinds of record that changed and the ids that are known.

    Kinds: agreement, batch, person, claim, office, user, signatory, reference.
    """

    kinds: frozenset[str] = frozenset()
    ids: dict[str, tuple[int, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, **ids: int) -> "Changes":
        """Build from single ids: `Changes.of(agreement=7)`."""
        return cls(kinds=frozenset(ids), ids={kind: (value,) for kind, value in ids.items()})


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a command gives back: the record it made or changed.

    `repeated` is true when the same request had been carried out before and nothing was done.
    """

    object_id: int
    changes: Changes
    repeated: bool = False
