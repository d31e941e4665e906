"""A folder that an image's files are in, in; its bill of materials as CycloneDX JSON, out: Python's packages and Debian's."""

import re
from collections.abc import Iterator
from importlib.metadata import distributions
from pathlib import Path

from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL


def bill_of_materials(root: Path) -> tuple[str, list[Component]]:
    """Return the bill of what is installed below ``root``, valid CycloneDX 1.6, and its components.

    :raises ValueError: if what was made is not valid
    """
    components = sorted([*_of_python(root), *_of_debian(root)], key=lambda component: str(component.purl))
    itself = next(component for component in components if component.name == "youju")
    bom = Bom(components=[component for component in components if component is not itself])
    bom.metadata.component = Component(
        name="youju", version=itself.version, type=ComponentType.CONTAINER, purl=itself.purl
    )
    bom.register_dependency(bom.metadata.component, bom.components)
    text = JsonV1Dot6(bom).output_as_string(indent=1)
    if wrong := JsonStrictValidator(SchemaVersion.V1_6).validate_str(text):
        raise ValueError(str(wrong))
    return text, components


def _of_python(root: Path) -> Iterator[Component]:
    for packages in root.glob("opt/youju/venv/lib/python*/site-packages"):
        for distribution in distributions(path=[str(packages)]):
            name = re.sub(r"[-_.]+", "-", distribution.name).lower()
            yield _component(name, distribution.version, PackageURL("pypi", None, name, distribution.version))


def _of_debian(root: Path) -> Iterator[Component]:
    system = _fields((root / "etc/os-release").read_text(encoding="utf-8"), "=")
    for paragraph in (root / "var/lib/dpkg/status").read_text(encoding="utf-8").split("\n\n"):
        fields = _fields(paragraph, ": ")
        if fields.get("Status", "").endswith(" installed"):
            qualifiers = {"arch": fields["Architecture"], "distro": f"debian-{system['VERSION_ID'].strip(chr(34))}"}
            url = PackageURL("deb", "debian", fields["Package"], fields["Version"], qualifiers)
            yield _component(fields["Package"], fields["Version"], url)


def _fields(text: str, mark: str) -> dict[str, str]:
    """Return the fields of a text that has one a line; lines that go on are no fields."""
    pairs = (line.partition(mark) for line in text.splitlines() if mark in line and not line.startswith(" "))
    return {name: value for name, _, value in pairs}


def _component(name: str, version: str, url: PackageURL) -> Component:
    return Component(name=name, version=version, type=ComponentType.LIBRARY, purl=url, bom_ref=str(url))
