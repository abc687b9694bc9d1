"""The two families of failure that a reader is told about, and the silent one."""


class AppError(Exception):
    """Carry a stable code and an Indonesian sentence written for the reader."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message


class UserError(AppError):
    """Refuse something for a reason that the user can mend."""


class EnvironmentProblem(AppError):
    """Report that the machine stands in the way: disk, lock, permission, damaged file."""


class Cancelled(Exception):
    """Leave a piece of work that its user has stopped; shown nowhere."""
