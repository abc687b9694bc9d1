"""The proof under Wine: a test Windows Python on Linux, and everything that is tried with it."""
