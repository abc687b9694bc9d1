"""Write the list of components as CycloneDX 1.6, the same bytes for the same commit."""

import datetime
import re
import uuid
from collections.abc import Iterable, Sequence
from pathlib import Path

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import (
    ExternalReference,
    ExternalReferenceType,
    HashAlgorithm,
    HashType,
    Property,
    XsUri,
)
from cyclonedx.model.bom import Bom, BomMetaData
from cyclonedx.model.component import Component as BomComponent
from cyclonedx.model.component import ComponentType
from cyclonedx.model.contact import OrganizationalEntity
from cyclonedx.model.tool import ToolRepository
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL

from build_scripts import product
from build_scripts.licence_rules import PaperProblem
from build_scripts.shipped import Built, Component
from build_scripts.sums import sha256


def write_sbom(components: Sequence[Component], file: Path, *, system: str) -> None:
    """Write the list, after checking it against the schema of CycloneDX.

    Raises:
        PaperProblem: when the schema refuses it.
    """
    text = sbom_text(components, system=system)
    fault = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    if fault:
        raise PaperProblem(f"{file.name}: {str(fault).splitlines()[0]}")
    file.write_text(text, encoding="utf-8", newline="\n")


def sbom_text(components: Sequence[Component], *, system: str) -> str:
    """Make the list; serial number and time follow from the commit and the contents."""
    program = _program(system)
    listed = [_component(each) for each in components]
    contents = "\n".join([program.version or "", system, *map(repr, _facts(components))])
    moment = datetime.datetime.fromtimestamp(product.source_date(), tz=datetime.UTC)
    bom = Bom(
        components=listed,
        serial_number=uuid.uuid5(uuid.UUID(product.COMPONENT_NAMESPACE), contents),
        metadata=BomMetaData(
            component=program,
            supplier=OrganizationalEntity(name=product.VENDOR),
            timestamp=moment,
            tools=ToolRepository(components=[_writer()]),
        ),
    )
    bom.register_dependency(program, listed)
    return JsonV1Dot6(bom).output_as_string(indent=2) + "\n"


def _program(system: str) -> BomComponent:
    return BomComponent(
        name=product.NAME,
        type=ComponentType.APPLICATION,
        version=product.version(),
        bom_ref=product.WINDOW,
        supplier=OrganizationalEntity(name=product.VENDOR),
        licenses=[LicenseFactory().make_from_string("MIT")],
        properties=[Property(name="bpjsdesk:target", value=system)],
    )


def _writer() -> BomComponent:
    return BomComponent(
        name="build_scripts/sbom.py", type=ComponentType.APPLICATION, version=product.version()
    )


def _component(each: Component) -> BomComponent:
    reference = f"{each.name}@{each.version}" if each.version else each.name
    return BomComponent(
        name=each.name,
        version=each.version or None,
        bom_ref=reference,
        purl=each.purl or _generic_purl(each),
        licenses=[LicenseFactory().make_from_string(each.licence)],
        external_references=_references(each),
        properties=[Property(name="bpjsdesk:inside", value=each.inside)] if each.inside else [],
        components=[*(_built(part, reference) for part in each.built), *_own_files(each)],
    )


def _built(part: Built, parent: str) -> BomComponent:
    # one crate may lie in two packages, so its purl alone would not name it
    return BomComponent(
        name=part.name,
        version=part.version or None,
        bom_ref=f"{parent}/{part.name}@{part.version}",
        purl=part.purl,
        licenses=[LicenseFactory().make_from_string(part.licence)],
    )


def _own_files(each: Component) -> list[BomComponent]:
    if each.inside != "program":
        return []
    paths = sorted(path for pattern in each.files for path in product.ROOT.glob(pattern))
    return [_file(path) for path in paths]


def _file(path: Path) -> BomComponent:
    place = path.relative_to(product.ROOT).as_posix()
    hashes = [HashType(alg=HashAlgorithm.SHA_256, content=sha256(path))]
    return BomComponent(name=place, type=ComponentType.FILE, bom_ref=place, hashes=hashes)


def _generic_purl(each: Component) -> PackageURL | None:
    name = re.sub(r"\s*\(.*\)$", "", each.name).lower().replace(" ", "-")
    if not each.version or "/" in name:
        return None
    return PackageURL("generic", name=name, version=each.version)


def _references(each: Component) -> list[ExternalReference]:
    if not each.source:
        return []
    return [ExternalReference(type=ExternalReferenceType.WEBSITE, url=XsUri(each.source))]


def _facts(components: Iterable[Component]) -> Iterable[tuple[str, ...]]:
    for each in components:
        yield (each.name, each.version, each.licence, each.inside)
        yield from ((part.name, part.version, part.licence) for part in each.built)
