"""Pictures of every page and dialog of the window."""
