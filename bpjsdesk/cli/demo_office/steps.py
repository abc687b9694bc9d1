"""Note what each step of the demo did and how long it took."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass(slots=True, kw_only=True)
class Step:
    """One line of the table; `outcome` is filled in while the step runs."""

    name: str
    outcome: str = ""
    seconds: float = 0.0


@dataclass(slots=True)
class StepBook:
    """The steps in the order in which they were taken."""

    steps: list[Step] = field(default_factory=list)

    @contextmanager
    def step(self, name: str) -> Iterator[Step]:
        """Time what happens inside; a step that fails is not noted."""
        step = Step(name=name)
        started = time.perf_counter()
        yield step
        step.seconds = time.perf_counter() - started
        self.steps.append(step)

    @property
    def seconds(self) -> float:
        return sum(step.seconds for step in self.steps)
