"""Caps that a reading process puts on itself, so that a hostile file cannot take the machine."""

import sys

if sys.platform == "win32":
    from bpjsdesk.storage.windows_job import put_this_process_into_a_job
else:
    import resource


def limit_this_process(*, memory_bytes: int, cpu_s: int) -> None:
    """Cap memory and processor time of this process for good; exceeding them ends it."""
    if sys.platform == "win32":
        put_this_process_into_a_job(memory_bytes=memory_bytes, cpu_s=cpu_s)
    else:
        resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
        resource.setrlimit(resource.RLIMIT_CPU, (cpu_s, cpu_s + 1))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
