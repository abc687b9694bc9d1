"""BPJS Desk without its windows: rules, store, use cases, printed pages and command line."""

__version__ = "0.1.0"
