"""Several faults of one form or file, told together so that each field can be marked."""

from collections.abc import Iterable
from dataclasses import dataclass

from bpjsdesk.errors import UserError

_TOLD_IN_ONE_SENTENCE = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldProblem:
    """What is wrong with one field; `field` is a path such as "quotas.1.heads"."""

    field: str
    code: str
    message: str


class FormProblems(UserError):
    """Refuse a form or a file; `problems` holds every fault, the message the first ones."""

    def __init__(self, problems: Iterable[FieldProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("FORM_INVALID", _sentence(self.problems))


def refuse_if_any(problems: Iterable[FieldProblem]) -> None:
    """Raises: FormProblems when there is at least one."""
    found = tuple(problems)
    if found:
        raise FormProblems(found)


def _sentence(problems: tuple[FieldProblem, ...]) -> str:
    told = " ".join(problem.message for problem in problems[:_TOLD_IN_ONE_SENTENCE])
    rest = len(problems) - _TOLD_IN_ONE_SENTENCE
    return f"{told} (dan {rest} hal lain)" if rest > 0 else told
