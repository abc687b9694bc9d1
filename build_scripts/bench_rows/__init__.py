"""What `build_scripts/bench.py` measures: one module a subject, each side in a fresh process."""
