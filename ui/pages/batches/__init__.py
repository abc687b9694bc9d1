"""The pages on which lists of workers are loaded, checked and looked at again."""
