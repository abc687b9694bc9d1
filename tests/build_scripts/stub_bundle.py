"""A program folder that stands for the frozen program: tiny programs with the same commands."""

import subprocess
from pathlib import Path
from struct import pack

from build_scripts import product

COMPILER = "x86_64-w64-mingw32-gcc"
CLI_SOURCE = r"""
#include <stdio.h>
#include <string.h>
#include <stdlib.h>
#include <windows.h>
int main(int count, char **words) {
  const char *command = count > 1 ? words[1] : "";
  if (!strcmp(command, "--version")) { puts("BPJS Desk VERSION"); return 0; }
  if (!strcmp(command, "self-test") || !strcmp(command, "check")) return 0;
  if (!strcmp(command, "demo")) { Sleep(120000); return 0; }
  if (!strcmp(command, "init")) {
    char place[1024];
    snprintf(place, sizeof place, "%s\\BPJS Desk", getenv("LOCALAPPDATA"));
    CreateDirectoryA(place, NULL);
    strcat(place, "\\bpjsdesk.db");
    FILE *file = fopen(place, "wb");
    if (!file) return 3;
    fputs("office", file);
    return fclose(file);
  }
  return 2;
}
"""
WINDOW_SOURCE = r"""
#include <windows.h>
int WINAPI WinMain(HINSTANCE a, HINSTANCE b, LPSTR c, int d) {
  (void)a; (void)b; (void)c; (void)d;
  Sleep(300000);
  return 0;
}
"""


def make_stub(folder: Path, *, can_run: bool = False) -> Path:
    """Make the folder; its programs do nothing, unless they are wanted to run in Wine."""
    inner = folder / "_internal" / "PySide6" / "plugins & more"
    inner.mkdir(parents=True)
    (folder / "_internal" / "python311.dll").write_bytes(b"MZ stands for Python" * 50)
    (folder / "_internal" / "base_library.zip").write_bytes(b"PK")
    (inner / "qwindows.dll").write_bytes(b"MZ stands for Qt")
    window, cli = folder / f"{product.WINDOW}.exe", folder / f"{product.CLI}.exe"
    if can_run:
        _compile(cli, CLI_SOURCE.replace("VERSION", product.version()), "-mconsole")
        _compile(window, WINDOW_SOURCE, "-mwindows")
    else:
        cli.write_bytes(idle_program())
        window.write_bytes(idle_program())
    return folder


def idle_program() -> bytes:
    """Write the smallest 64-bit program that signing tools take for one."""
    dos = b"MZ".ljust(60, b"\0") + pack("<I", 64)
    coff = b"PE\0\0" + pack("<2H3I2H", 0x8664, 1, 0, 0, 0, 240, 0x22)
    code, size, aligned = 0x1000, 0x2000, 0x200
    optional = pack("<H2B5I", 0x20B, 14, 0, aligned, 0, 0, code, code)
    optional += pack(
        "<Q2I6H4I2H", 0x140000000, 0x1000, aligned, 6, 0, 0, 0, 6, 0, 0, size, aligned, 0, 2, 0
    )
    optional += pack("<4Q2I", 0x100000, 0x1000, 0x100000, 0x1000, 0, 16) + bytes(128)
    section = b".text\0\0\0" + pack("<6I2HI", 1, code, aligned, aligned, 0, 0, 0, 0, 0x60000020)
    head = (dos + coff + optional + section).ljust(aligned, b"\0")
    return head + b"\xc3".ljust(aligned, b"\0")


def _compile(out: Path, source: str, kind: str) -> None:
    text = out.with_suffix(".c")
    text.write_text(source, "utf-8")
    subprocess.run([COMPILER, "-s", "-O1", kind, "-o", str(out), str(text)], check=True)
    text.unlink()
