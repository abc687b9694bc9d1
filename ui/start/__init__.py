"""What is shown before an office is open; nothing here may bring the heavy libraries."""
