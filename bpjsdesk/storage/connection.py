"""The open transaction that services hand to repositories; services know it by this name only."""

from sqlalchemy import Connection

__all__ = ["Connection"]
