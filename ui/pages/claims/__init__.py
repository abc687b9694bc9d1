"""The page of claims: list, record, form, steps, past claims from a workbook."""
