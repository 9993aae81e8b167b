"""A REMBI YAML as a record of unconfirmed values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from rembi_widgets.errors import RembiError
from rembi_widgets.formats._read import Read
from rembi_widgets.formats.isatab._read_parts import stable_id
from rembi_widgets.formats.rembiyaml import _shape
from rembi_widgets.formats.rembiyaml._safe import load
from rembi_widgets.formats.rembiyaml._shape import KEPT_ROOT, curie, kept_name, many
from rembi_widgets.record import PREFIXES, Curation, Finding, Mark, Origin, leaves

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

Made = dict[str, Any]
_ENDINGS = {".yaml", ".yml"}
_ROOT = {"study", "version", "study_component", "associations", *_shape.SECTIONS}


def read_yaml(path: Path) -> Read:
    """Read a file, or the only one of a folder; see ``rembiyaml.read``."""
    file = _file(path)
    found, twice = load(file.read_bytes(), file.name)
    if not isinstance(found, dict) or not _ROOT & found.keys():
        raise RembiError("rembiyaml.no_rembi", name=file.name)
    reading = _Reading(found)
    for key in twice:
        reading.tell("warning", "twice", "/study", found=key)
    record = Curation.model_validate(reading.made)
    mark = Mark(confirmed=False, origin=Origin(kind="import", source=file.name))
    marks = {where: mark for where, _ in leaves(record)}
    return Read(record.model_copy(update={"marks": marks}), tuple(reading.findings))


def _file(path: Path) -> Path:
    if path.is_dir():
        held = sorted(one for one in path.iterdir() if one.suffix.lower() in _ENDINGS and one.is_file())
        own = [one for one in held if one.name == _shape.NAME] or held
        if len(own) != 1:
            raise RembiError("rembiyaml.not_one", path=str(path), n=len(own))
        return own[0]
    if not path.is_file():
        raise RembiError("rembiyaml.no_file", path=str(path))
    return path


class _Reading:
    """What is made of the document, part by part."""

    def __init__(self, whole: Made) -> None:
        self.findings: list[Finding] = []
        self.made: Made = {}
        self.root: Made = {}
        self.titles: dict[str, dict[str, str]] = {}
        study = self._mapping(whole.get("study"), "study")
        self.study = self._study(study)
        for key, (collection, fields) in _shape.SECTIONS.items():
            self._section(collection, fields, self._mapping(whole.get(key), key))
        self._components(
            self._mapping(whole.get("study_component"), "study_component"),
            self._mapping(whole.get("associations"), "associations"),
        )
        self._versions(self._mapping(whole.get("version"), "version"))
        for key in whole.keys() - _ROOT:
            self._keep_root(key, whole[key])
        self.made["study"] = {**self.study, **self.root}

    def tell(self, level: Any, code: str, path: str, **values: Any) -> None:
        """Add a finding."""
        found = values.get("found")
        self.findings.append(Finding(level=level, code=f"rembiyaml_{code}", path=path, values=values, found=found))

    def _mapping(self, value: Any, key: str) -> Made:
        """Give a part that should be a mapping; another one is kept whole."""
        if isinstance(value, dict):
            return value
        if value not in (None, [], ""):
            self._keep_root(key, value)
            self.tell("warning", "not_mapping", "/study", found=key)
        return {}

    def _keep_root(self, key: str, value: Any) -> None:
        if value not in (None, "", [], {}):
            self.root[KEPT_ROOT + quote(key, safe="")] = value

    def _fields(self, given: Mapping[str, Any], fields: Mapping[str, str], path: str) -> Made:
        """Take texts; a key that is not among the fields, or whose value is none, is kept."""
        found: Made = {}
        for key, value in given.items():
            if isinstance(value, str) and key in fields:
                found[fields[key]] = value
            elif value not in (None, "", [], {}):
                found[kept_name(key)] = value
                if key in fields:
                    self.tell("warning", "not_text", f"{path}/{fields[key]}", found=key)
        return found

    def _study(self, given: Made) -> Made:
        rest = dict(given)
        lists = {key: rest.pop(key, None) for key in _shape.LISTS}
        keywords, version = many(rest.pop("keywords", None)), rest.pop("rembi_version", None)
        funding, license_ = rest.pop("funding", None), rest.pop("license", rest.pop("licence", None))
        found = self._fields(rest, _shape.STUDY, "/study")
        found["keywords"] = [one for one in keywords if isinstance(one, str)]
        self._rest(found, "keywords", [one for one in keywords if not isinstance(one, str)])
        if version != _shape.VERSION:
            self._rest(found, "rembi_version", version)
        self._license(found, license_)
        self._funding(found, funding)
        for key, (collection, fields) in _shape.LISTS.items():
            held = [one for one in many(lists[key]) if isinstance(one, dict)]
            self._rest(found, key, [one for one in many(lists[key]) if not isinstance(one, dict)])
            self.made[collection] = [self._entry(collection, fields, n, one) for n, one in enumerate(held, 1)]
        return found

    def _rest(self, found: Made, key: str, value: Any) -> None:
        if value not in (None, "", [], {}):
            found[kept_name(key)] = value

    def _license(self, found: Made, value: Any) -> None:
        if isinstance(value, dict):
            rest = {key: one for key, one in value.items() if key not in {"name", "url"}}
            self._rest(found, "license", rest)
            value = value.get("name") or value.get("url")
        if isinstance(value, str):
            found["license"] = value
        else:
            self._rest(found, "license", value)

    def _funding(self, found: Made, value: Any) -> None:
        given = dict(value) if isinstance(value, dict) else {"funding_statement": value}
        statement, grants = given.pop("funding_statement", None), many(given.pop("grant_references", None))
        if isinstance(statement, str):
            found["funding_statement"] = statement
        else:
            self._rest(given, "funding_statement", statement)
        given = {key: one for key, one in given.items() if one not in (None, "", [], {})}
        odd = [one for one in grants if not isinstance(one, dict)]
        self._rest(found, "funding", {**given, **({"grant_references": odd} if odd else {})})
        held = [one for one in grants if isinstance(one, dict)]
        self.made["grants"] = [self._entry("grants", _shape.GRANT, n, one) for n, one in enumerate(held, 1)]

    def _entry(self, collection: str, fields: Mapping[str, str], number: int, given: Made) -> Made:
        identity = stable_id(PREFIXES[collection], str(number))
        rest = dict(given)
        roles, homes = (
            (rest.pop("role", None), rest.pop("affiliation", None)) if collection == "people" else (None, None)
        )
        found = self._fields(rest, fields, f"/{collection}/{identity}")
        if isinstance(roles, str):
            found["roles"] = [{"label": one.strip()} for one in roles.split(",") if one.strip()]
        else:
            self._rest(found, "role", roles)
        if collection == "people":
            found["affiliations"] = [self._organisation(one) for one in many(homes) if _says(one)]
        return {**found, "id": identity}

    def _organisation(self, given: Any) -> str:
        """Give the id of an organisation; one that is named twice is one."""
        told = given if isinstance(given, dict) else {"name": given}
        identity = stable_id(PREFIXES["organisations"], repr(sorted((key, str(one)) for key, one in told.items())))
        known = self.made.setdefault("organisations", [])
        if identity not in {one["id"] for one in known}:
            found = self._fields(told, _shape.AFFILIATION, f"/organisations/{identity}")
            known.append({**found, "id": identity})
        return identity

    def _section(self, collection: str, fields: Mapping[str, str], given: Made) -> None:
        self.titles[collection], self.made[collection] = {}, []
        for title, value in given.items():
            identity = stable_id(PREFIXES[collection], title)
            self.titles[collection][title.strip()] = identity
            told = dict(value) if isinstance(value, dict) else {"value": value}
            special = dict(_SPECIAL.get(collection, _nothing)(self, identity, told))
            found = self._fields(told, fields, f"/{collection}/{identity}")
            self.made[collection].append({**found, **special, "id": identity, "title": title})

    def biosample(self, identity: str, told: Made) -> Iterator[tuple[str, Any]]:
        """Take what is no plain text of a biosample."""
        yield "organism", [one for value in many(told.pop("organism", None)) if (one := _organism(value))]
        yield "biological_entity", [{"label": one} for one in _texts(told, "biological_entity")]
        for key, field in _shape.VARIABLES.items():
            yield field, _texts(told, key)
        variables = _texts(told, "experimental_variables")
        yield "experimental_variable", [_variable(one, identity, n) for n, one in enumerate(variables)]

    def acquisition(self, _identity: str, told: Made) -> Iterator[tuple[str, Any]]:
        """Take the imaging methods of an acquisition."""
        yield "imaging_method", [one for value in many(told.pop("imaging_method", None)) if (one := _method(value))]

    def annotation(self, _identity: str, told: Made) -> Iterator[tuple[str, Any]]:
        """Take the types of an annotation."""
        texts = _texts(told, "annotation_type")
        yield "annotation_type", [kind.strip() for one in texts for kind in one.split(",") if kind.strip()]

    def _components(self, given: Made, links: Made) -> None:
        self.made["components"], self.made["samples"] = [], []
        left = dict(links)
        same_order = len(given) == len(links)
        for place, (key, value) in enumerate(given.items()):
            identity = stable_id(PREFIXES["components"], key)
            told = dict(value) if isinstance(value, dict) else {"description": value}
            if told.get("rembi_version") == _shape.VERSION:
                del told["rembi_version"]
            found = self._fields(told, _shape.COMPONENT, f"/components/{identity}")
            if found.setdefault("title", key) != key:
                found[_shape.COMPONENT_KEY] = key
            name = key if key in links else list(links)[place] if same_order else ""
            if name and name != key:  # the archive's own template spells the two differently
                self.tell("info", "by_place", f"/components/{identity}/associations", found=name, wanted=key)
            rows = [one for one in many(left.get(name)) if isinstance(one, dict)]
            if len(rows) == len(many(left.get(name))):
                left.pop(name, None)
            found["associations"] = [self._link(identity, n, one) for n, one in enumerate(rows)]
            self.made["components"].append({**found, "id": identity})
        if left:
            self._keep_root("associations", left)
            self.tell("warning", "no_component", "/components", found=", ".join(left))

    def _link(self, component: str, number: int, given: Made) -> Made:
        identity = stable_id(PREFIXES["associations"], component, str(number))
        path, told, refs = f"/components/{component}/associations/{identity}", dict(given), {}
        for key, collection in _shape.REFERENCES.items():
            title = told.get(key)
            known = self.titles[collection].get(title.strip()) if isinstance(title, str) else None
            if known:
                refs[key] = known
                del told[key]
            elif title:
                self.tell("error", "no_title", path, found=str(title), wanted=", ".join(self.titles[collection]))
        found = self._fields(told, {}, path)
        for key, field in (("acquisition_id", "acquisition"), ("correlation_id", "correlation")):
            found[field] = refs.get(key)
        found["analysis"] = refs.get("analysis_id")
        found["sample"] = self._sample(refs.get("biosample_id"), refs.get("specimen_id"))
        return {**found, "id": identity}

    def _sample(self, biosample: str | None, specimen: str | None) -> str | None:
        """Give the id of the sample of a pair; the same pair is the same sample."""
        if not biosample and not specimen:
            return None
        identity = stable_id(PREFIXES["samples"], biosample or "", specimen or "")
        if identity not in {one["id"] for one in self.made["samples"]}:
            self.made["samples"].append({"id": identity, "biosample": biosample, "specimen": specimen})
        return identity

    def _versions(self, given: Made) -> None:
        """Take the version of the first annotation as the study's; others are kept whole."""
        left = dict(given)
        first = next(iter(self.titles["annotations"]), "")
        told = left.get(first)
        if isinstance(told, dict) and all(key in _shape.VERSIONS and isinstance(one, str) for key, one in told.items()):
            self.study |= {_shape.VERSIONS[key]: one for key, one in told.items()}
            del left[first]
        if left:
            self._keep_root("version", left)


def _texts(told: Made, key: str) -> list[str]:
    """Take the texts of a key; what is none stays."""
    held = many(told.pop(key, None))
    if odd := [one for one in held if not isinstance(one, str)]:
        told[key] = odd
    return [one for one in held if isinstance(one, str)]


def _nothing(_reading: _Reading, _identity: str, _told: Made) -> Iterator[tuple[str, Any]]:
    return iter(())


_SPECIAL: Any = {
    "biosamples": _Reading.biosample,
    "acquisitions": _Reading.acquisition,
    "annotations": _Reading.annotation,
}


def _says(value: Any) -> bool:
    return any(value.values()) if isinstance(value, dict) else isinstance(value, str)


def _term(value: Any) -> Made:
    return {"label": value if isinstance(value, str) else str(value)}


def _organism(value: Any) -> Made | None:
    """Give an organism; its common name is kept beside its own."""
    if not isinstance(value, dict):
        return _term(value)
    told = {key: one for key, one in value.items() if one}
    identity = told.pop("ncbi_taxon", None)
    label = told.pop("scientific_name", None) or told.get("common_name") or identity
    held = {"id": curie(identity, taxon=True)} if isinstance(identity, str) else {}
    return {**told, **held, "label": str(label)} if label else None


def _method(value: Any) -> Made | None:
    if not isinstance(value, dict):
        return _term(value)
    told = {key: one for key, one in value.items() if one}
    identity, ontology = told.pop("ontology_id", None), told.pop("ontology_name", None)
    label = told.pop("value", None) or identity
    held = {"id": curie(identity)} if isinstance(identity, str) else {}
    return {**told, **held, "ontology": ontology, "label": str(label).strip()} if label else None


def _variable(text: str, owner: str, number: int) -> Made:
    name, colon, value = text.partition(": ")
    identity = stable_id(PREFIXES["experimental_variable"], owner, str(number))
    return {"id": identity, "name": name, "value": value} if colon else {"id": identity, "name": text}
