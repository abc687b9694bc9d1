"""The kit: every widget that pages are built from, one family a file."""
