"""The caps that a reading process puts on itself hold, and may be put on inside another cap."""

import json
import subprocess
import sys

from tests.systems import needs_memory_cap, not_under_wine, only_on_windows

CAP = "from bpjsdesk.storage.child_limits import limit_this_process as cap\n"
MEGABYTE = 1 << 20
WINDOWS_LIMITS = f"""
import ctypes, json
from bpjsdesk.storage import windows_job as job
job.put_this_process_into_a_job(memory_bytes=300 * {MEGABYTE}, cpu_s=60)
found = job._ExtendedLimits()
kernel = ctypes.WinDLL("kernel32")
asked = kernel.QueryInformationJobObject(
    None, 9, ctypes.byref(found), ctypes.sizeof(found), None
)
basic = found.BasicLimitInformation
print(json.dumps([asked, found.ProcessMemoryLimit, basic.PerProcessUserTimeLimit]))
"""


def ended(code: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", code],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_an_ordinary_process_runs_under_its_caps() -> None:
    code = f"{CAP}cap(memory_bytes=600 * {MEGABYTE}, cpu_s=60); print(len(bytearray({MEGABYTE})))"
    found = ended(code)
    assert (found.returncode, found.stdout.strip()) == (0, str(MEGABYTE)), found.stderr


def test_a_cap_may_be_put_on_inside_another() -> None:
    """IT's own tools may have put the whole program into a job already."""
    code = (
        f"{CAP}cap(memory_bytes=900 * {MEGABYTE}, cpu_s=60)\n"
        f"cap(memory_bytes=600 * {MEGABYTE}, cpu_s=30); print('ok')"
    )
    found = ended(code)
    assert (found.returncode, found.stdout.strip()) == (0, "ok"), found.stderr


@needs_memory_cap()
def test_more_memory_than_the_cap_is_not_given() -> None:
    code = (
        f"{CAP}cap(memory_bytes=300 * {MEGABYTE}, cpu_s=60)\n"
        f"try:\n    bytearray(900 * {MEGABYTE}); print('given')\n"
        "except MemoryError:\n    print('refused')"
    )
    assert ended(code).stdout.strip() == "refused"


@not_under_wine("it does not enforce the time limit of a job object")
def test_more_processor_time_than_the_cap_ends_the_process() -> None:
    found = ended(f"{CAP}cap(memory_bytes=600 * {MEGABYTE}, cpu_s=1)\nwhile True: pass")
    assert found.returncode != 0


@only_on_windows("job objects are its own")
def test_the_limits_have_the_size_that_windows_expects() -> None:
    code = "import ctypes; from bpjsdesk.storage import windows_job as job; print(ctypes.sizeof"
    found = ended(f"{code}(job._ExtendedLimits))")
    assert found.stdout.strip() == "144"  # JOBOBJECT_EXTENDED_LIMIT_INFORMATION, 64 bits


@only_on_windows("job objects are its own")
@not_under_wine("it takes the limits of a job object and forgets them")
def test_windows_holds_the_caps_that_were_asked_for() -> None:
    found = ended(WINDOWS_LIMITS)
    assert found.returncode == 0, found.stderr
    asked, memory, ticks = json.loads(found.stdout)
    assert asked, "Windows told nothing of the job"
    assert (memory, ticks) == (300 * MEGABYTE, 60 * 10_000_000)


@only_on_windows("job objects are its own")
def test_a_cap_that_windows_refuses_is_an_error_of_the_system() -> None:
    code = (
        "from bpjsdesk.storage import windows_job as job\n"
        "job._EXTENDED_LIMITS = 99\n"
        "try:\n    job.put_this_process_into_a_job(memory_bytes=1 << 28, cpu_s=60)\n"
        "except OSError as problem:\n    print('told')"
    )
    assert ended(code).stdout.strip() == "told"
