"""Random records in which something uses everything, with hostile text in every field."""

from __future__ import annotations

from typing import Any, get_args

from hypothesis import strategies as st

from rembi_widgets.record import COLLECTIONS, PREFIXES, ROWS, TABLES, Curation, Study, Table
from tests.strategies import _kind, absences, curies, numbers, quantities, words

HOSTILE = (
    'the "spindle"',
    '"',
    "a\tb",
    "one\ntwo\n\nthree",
    "one\r\ntwo",
    "DAPI; 1:500",
    "back\\slash\\",
    ";",
    "\\;",
    "NA",
    "None",
    "nan",
    "#3",
    "first\n# second",
    "above\nSTUDY PROTOCOLS\nbelow",
    "µm · \u03b1-tubulin · 細胞 · é",
    " padded ",
    "null\x00byte and \x1b escape",
    "Comment[x]",
    "label File Protocol REF",
    '{"a": [1, 2]}',
    "=1+1",
    "\u2028line\u2028",
)
texts = st.one_of(words, st.sampled_from(HOSTILE))
terms = st.fixed_dictionaries(
    {"label": texts, "id": st.none() | curies | st.just("http://purl.obolibrary.org/obo/GO_0005634")},
    optional={"ontology": st.sampled_from(["NCBITaxon", "My Ontology"]), "version": st.just("2026-01-01")},
)
organisms = st.fixed_dictionaries({"label": words, "id": st.none() | st.just("NCBITaxon:9606")})
DOIS, EMAILS, PUBMED, DATES = ("10.1038/s41592-021-01166-8",), ("a.b@example.org",), ("34021280",), ("2026-11-24",)
FORMED = {"doi": DOIS, "email": EMAILS, "pubmed_id": PUBMED, "submission_date": DATES, "release_date": DATES}
REFS = {
    "affiliations",
    "biosample",
    "specimen",
    "sample",
    "acquisition",
    "correlation",
    "analysis",
    "label",
    "authors",
    "component",
    "association",
    "made_by",
    "source_image",
    "file",
    "path",
}
"""Fields that are drawn apart: what they name must exist. ``authors`` of a publication are text."""
READ_AS_EMPTY = {"NA", "None", "nan"}
"""isatools takes these for no value; a value that it demands is none of them here."""
REQUIRED = {
    ("study", "title"),
    ("study", "description"),
    ("people", "first_name"),
    ("people", "last_name"),
    ("biosamples", "organism"),
}
"""What the ISA configuration demands."""
MANY = ("people", "organisations", "publications", "grants", "links", "biosamples", "specimens", "acquisitions")


def values(model: type, name: str) -> st.SearchStrategy[Any]:
    """Values of a field: as they come, or of the form that the field asks for, or absent."""
    annotation = model.model_fields[name].annotation
    kinds = {"Term": terms, "Quantity": quantities, "bool": st.booleans(), "float": numbers, "str": texts}
    one = kinds[_kind(annotation)]
    if name in FORMED:
        one = st.sampled_from(FORMED[name]) | texts.filter(lambda text: not text.isdigit())
    whole = st.lists(one, min_size=1, max_size=3) if "tuple" in str(annotation) else one
    takes_absent = any("Absent" in str(part) for part in get_args(annotation))
    return whole | absences if takes_absent else whole


extras = st.dictionaries(
    st.sampled_from(["x-note", "x-N.A. [of] label", "x-deep"]),
    texts | numbers | st.fixed_dictionaries({"a": st.lists(texts, min_size=1, max_size=2), "b": numbers}),
    max_size=2,
)


@st.composite
def entity(draw: st.DrawFn, collection: str, model: type, identity: str) -> dict[str, Any]:
    """The fields of an entity that name nothing else, some set and some not."""
    made: dict[str, Any] = {"id": identity, **draw(extras)}
    for name in model.model_fields:
        if name == "id" or (name in REFS and not (name == "authors" and collection == "publications")):
            continue
        if name in ROWS:
            if name != "associations":
                made[name] = draw(rows(name, identity))
        elif (collection, name) == ("experimental_variable", "value"):
            made[name] = draw(st.none() | absences | texts.filter(lambda text: text not in READ_AS_EMPTY))
        elif (collection, name) in REQUIRED:
            made[name] = draw(st.lists(organisms, min_size=1, max_size=2) if name == "organism" else words)
        elif draw(st.integers(0, 2)):
            made[name] = draw(values(model, name))
    return made


@st.composite
def rows(draw: st.DrawFn, name: str, owner: str) -> list[dict[str, Any]]:
    count = draw(st.integers(0, 2))
    return [draw(entity(name, ROWS[name], f"{PREFIXES[name]}-{owner}-{n}")) for n in range(count)]


def _ids(collection: str, count: int) -> list[str]:
    return [f"{PREFIXES[collection]}-{n}" for n in range(1, count + 1)]


@st.composite
def full_records(draw: st.DrawFn) -> Curation:
    """A record in which every entity is used, every image has an association and every derived file a source."""
    made: dict[str, Any] = {}
    study = draw(entity("study", Study, "x"))
    study.pop("id")
    made["study"] = study
    for name in MANY:
        ids = _ids(name, draw(st.integers(1, 2)))
        made[name] = [draw(entity(name, COLLECTIONS[name], one)) for one in ids]
    for name in ("analyses", "correlations", "annotations"):
        made[name] = [draw(entity(name, COLLECTIONS[name], one)) for one in _ids(name, draw(st.integers(0, 1)))]
    made["people"][0]["affiliations"] = [one["id"] for one in made["organisations"]]
    made["samples"] = draw(samples(made))
    for one in made["annotations"]:
        one["authors"] = [made["people"][0]["id"]]
    labels = [label["id"] for sample in made["samples"] for label in sample["labels"]]
    for acquisition in made["acquisitions"]:
        for channel in acquisition["channels"]:
            channel["label"] = draw(st.none() | st.sampled_from(labels)) if labels else None
    made["components"] = draw(components(made))
    made["files"], made["images"] = draw(tables(made))
    return Curation.model_validate(made)


@st.composite
def samples(draw: st.DrawFn, made: dict[str, Any]) -> list[dict[str, Any]]:
    """Samples that use every biosample and every specimen."""
    pairs = {(b["id"], made["specimens"][0]["id"]) for b in made["biosamples"]}
    pairs |= {(made["biosamples"][0]["id"], s["id"]) for s in made["specimens"]}
    found = []
    for number, (biosample, specimen) in enumerate(sorted(pairs), 1):
        sample = draw(entity("samples", COLLECTIONS["samples"], f"sa-{number}"))
        found.append({**sample, "biosample": biosample, "specimen": specimen})
    return found


@st.composite
def components(draw: st.DrawFn, made: dict[str, Any]) -> list[dict[str, Any]]:
    """One or two components whose associations use every sample and every acquisition."""
    pairs = [(sample["id"], made["acquisitions"][0]["id"]) for sample in made["samples"]]
    pairs += [(made["samples"][0]["id"], one["id"]) for one in made["acquisitions"][1:]]
    count = draw(st.integers(1, 2)) if len(pairs) > 1 else 1
    found = [draw(entity("components", COLLECTIONS["components"], one)) for one in _ids("components", count)]
    for number, (sample, acquisition) in enumerate(pairs):
        link: dict[str, Any] = {"id": f"as-{number}", "sample": sample, "acquisition": acquisition}
        for field, collection in (("analysis", "analyses"), ("correlation", "correlations")):
            if made[collection] and draw(st.booleans()):
                link[field] = made[collection][0]["id"]
        found[number % count].setdefault("associations", []).append(link)
    return found


@st.composite
def tables(draw: st.DrawFn, made: dict[str, Any]) -> tuple[Table, Table]:
    """Files and images: one or two images of each association, a file made by each analysis and its like."""
    links = [(one["id"], part["id"]) for part in made["components"] for one in part["associations"]]
    files, images = [], []
    for number, (link, component) in enumerate(links):
        file = {**draw(row("files")), "id": f"fl-{number}", "path": draw(paths(number))}
        files.append(file)
        for scene in range(draw(st.integers(1, 2))):
            image = {**draw(row("images")), "id": f"im-{number}-{scene}", "file": file["id"]}
            images.append({**image, "association": link, "component": component})
    for number, maker in enumerate(one["id"] for name in MAKERS for one in made[name]):
        source = draw(st.sampled_from(images))["id"]
        file = {**draw(row("files")), "id": f"fl-made-{number}", "path": f"made/{number}.csv"}
        files.append({**file, "made_by": maker, "source_image": source})
    return _table(files), _table(images)


MAKERS = ("analyses", "correlations", "annotations")


def paths(number: int) -> st.SearchStrategy[str]:
    return st.sampled_from([f"images/{number}.ome.tiff", f"{number}/plate.czi", f"é {number}/b c.tif"])


@st.composite
def row(draw: st.DrawFn, name: str) -> dict[str, Any]:
    model = TABLES[name]
    chosen = [field for field in model.model_fields if field not in REFS and draw(st.booleans())]
    made = {field: draw(values(model, field)) for field in chosen}
    return {**made, **draw(st.dictionaries(st.just("x-free"), texts, max_size=1))}


def _table(rows: list[dict[str, Any]]) -> Table:
    names = dict.fromkeys(name for one in rows for name in one if name != "id")
    table = Table().with_rows([one["id"] for one in rows])
    from rembi_widgets.record import cell

    for name in names:
        held = [cell(one.get(name)) for one in rows]
        table = table.with_cells(name, table.ids, held, [None] * len(rows))
    return table
