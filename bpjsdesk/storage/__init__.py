"""Everything that lives outside memory: the encrypted store and workbooks."""
