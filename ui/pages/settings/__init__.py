"""The pages on which the office, its people, its rates and its safety are looked after."""
