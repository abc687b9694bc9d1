"""The page of agreements: list, record, form."""
