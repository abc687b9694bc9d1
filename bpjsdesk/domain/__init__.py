"""Rules and values of the field; standard library and errors only."""
