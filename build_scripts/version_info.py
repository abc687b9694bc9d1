"""Write the version resource that Windows shows for the two executables, in Indonesian."""

from pathlib import Path

from build_scripts.product import CLI, COPYRIGHT, DESCRIPTION, NAME, VENDOR, WINDOW, version

LANGUAGE, UNICODE = 0x0421, 1200  # Indonesian; the code page that Windows calls Unicode
DESCRIPTIONS = {WINDOW: f"{NAME}: {DESCRIPTION}", CLI: f"{NAME}, baris perintah untuk petugas TI"}


def write_version_files(folder: Path) -> None:
    """Put one text file for each executable into `folder`, in the form that PyInstaller reads."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in DESCRIPTIONS:
        (folder / f"{name}.txt").write_text(version_resource(name), encoding="utf-8")


def version_resource(name: str) -> str:
    """Describe one executable, named without its ending."""
    numbers = (*(int(part) for part in version().split(".")), 0)
    strings = ",\n".join(f"StringStruct({key!r}, {text!r})" for key, text in _texts(name).items())
    return (
        "VSVersionInfo(\n"
        f"ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}, mask=0x3F, flags=0x0,\n"
        "OS=0x40004, fileType=0x1, subtype=0x0, date=(0, 0)),\n"
        f"kids=[StringFileInfo([StringTable('{LANGUAGE:04X}{UNICODE:04X}', [\n{strings}])]),\n"
        f"VarFileInfo([VarStruct('Translation', [{LANGUAGE}, {UNICODE}])])])\n"
    )


def _texts(name: str) -> dict[str, str]:
    return {
        "CompanyName": VENDOR,
        "FileDescription": DESCRIPTIONS[name],
        "FileVersion": version(),
        "InternalName": name,
        "LegalCopyright": COPYRIGHT,
        "OriginalFilename": f"{name}.exe",
        "ProductName": NAME,
        "ProductVersion": version(),
    }
