"""The page on which people are found and seen with all that protects them."""
