"""The pages on which printed documents are chosen, looked at, saved and printed."""
