"""The forms of values, one by one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rembi_widgets.formats.isatab._check._assay_types import SAMPLES, known_type, of_imaging
from rembi_widgets.formats.isatab._check._finding import nearest
from rembi_widgets.formats.isatab._check._groups import entries
from rembi_widgets.formats.isatab._check._terms import missing
from rembi_widgets.formats.isatab._check._values import RULES, day, doi, email, orcid, phone, pubmed


@pytest.mark.parametrize(
    ("value", "code", "replacement"),
    [
        ("2024-02-29", None, None),
        ("", None, None),
        ("2023-02-29", "date", None),
        ("2024-02", "date_not_a_day", None),
        ("2024", "date_not_a_day", None),
        ("2024-05-06T07:08:09", "date_not_a_day", "2024-05-06"),
        ("13/05/2024", "date", "2024-05-13"),
        ("05/13/2024", "date", "2024-05-13"),
        ("05.05.2024", "date", "2024-05-05"),
        ("06/07/2015", "date", None),
        ("31/02/2024", "date", None),
        ("yesterday", "date", None),
        ("\u0662\u0660\u0662\u0664-01-01", "date", None),
    ],
)
def test_dates(value: str, code: str | None, replacement: str | None) -> None:
    fault = day(value)
    assert (fault and fault.code, fault and fault.replacement) == (code, replacement)


@pytest.mark.parametrize(
    ("value", "code", "replacement"),
    [
        ("10.1038/sdata.2014.1", None, None),
        ("", None, None),
        ("doi:10.1038/ngeo1738", "doi_prefix", "10.1038/ngeo1738"),
        (" doi:10.1016/j.x.2013.03.009", "doi_prefix", "10.1016/j.x.2013.03.009"),
        ("http://dx.doi.org/10.1038/x", "doi_prefix", "10.1038/x"),
        ("https://doi.org/10.1038/x", "doi_prefix", "10.1038/x"),
        ("10.1002/(SICI)1097<1::AID>3.0", "doi_letters", None),
        ("SDATA-14-00149A", "doi", None),
        ("10.1/x", "doi", None),
        ("10.1038/", "doi", None),
    ],
)
def test_dois(value: str, code: str | None, replacement: str | None) -> None:
    fault = doi(value)
    assert (fault and fault.code, fault and fault.replacement) == (code, replacement)


@pytest.mark.parametrize(
    ("value", "code", "replacement"),
    [
        ("24879923", None, None),
        ("1234121", "pubmed_short", None),
        ("PMID:24879923", "pubmed", "24879923"),
        ("PubMed ID: 24879923", "pubmed", "24879923"),
        ("PMC1234567", "pubmed", None),
        ("not-pubmed", "pubmed", None),
        ("²²²²²²²²", "pubmed", None),
    ],
)
def test_pubmed_identifiers(value: str, code: str | None, replacement: str | None) -> None:
    fault = pubmed(value)
    assert (fault and fault.code, fault and fault.replacement) == (code, replacement)


@pytest.mark.parametrize(
    ("value", "code", "replacement"),
    [
        ("0000-0002-1825-0097", None, None),
        ("https://orcid.org/0000-0002-1694-233X", None, None),
        ("0000-0002-1825-0098", "orcid", None),
        ("0000-0002-1694-233x", "orcid_form", "0000-0002-1694-233X"),
        ("http://orcid.org/0000-0002-1825-0097/", "orcid_form", "0000-0002-1825-0097"),
        ("not recorded", None, None),
        ("none", "orcid", None),
    ],
)
def test_orcids(value: str, code: str | None, replacement: str | None) -> None:
    fault = orcid(value)
    assert (fault and fault.code, fault and fault.replacement) == (code, replacement)


@pytest.mark.parametrize("value", ["", "a@b.org", "a.b+c_d@e-f.org"])
def test_addresses(value: str) -> None:
    assert email(value) is None


@pytest.mark.parametrize("value", ["a", "a@b", "a@b.org;c@d.org", "a b@c.org"])
def test_no_addresses(value: str) -> None:
    fault = email(value)
    assert fault is not None
    assert fault.replacement is None


@pytest.mark.parametrize("value", [" a@b.org", "mailto:a@b.org"])
def test_addresses_with_something_before(value: str) -> None:
    assert email(value) == ("email", "a@b.org", "a@b.org")


@pytest.mark.parametrize(
    ("value", "right"), [("+33 (0)1-23", True), ("", True), ("CALL-ME", False), ("12 ext. 3", False)]
)
def test_phone_numbers(value: str, *, right: bool) -> None:
    assert (phone(value) is None) is right


@given(st.text(max_size=30), st.sampled_from([*RULES.values(), orcid]))
def test_any_text_has_a_verdict(value: str, rule: object) -> None:
    fault = rule(value)  # type: ignore[operator]
    assert fault is None or fault.code


@given(st.dates())
def test_a_day_is_a_day(value: object) -> None:
    assert day(str(value)) is None


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [
        ("", [""]),
        ("a", ["a"]),
        ("a;b", ["a", "b"]),
        (r"a\;b;c", ["a;b", "c"]),
        (r"a\\;b", ["a\\", "b"]),
        (r"\;", [";"]),
        ("a;", ["a", ""]),
    ],
)
def test_lists_in_cells(cell: str, wanted: list[str]) -> None:
    assert entries(cell) == wanted


@pytest.mark.parametrize(
    ("term", "absent"),
    [
        (("", "", ""), None),
        (("a", "", ""), None),
        (("a", "1", "O"), None),
        (("", "1", "O"), 0),
        (("a", "", "O"), 1),
        (("a", "1", ""), 2),
    ],
)
def test_what_a_term_lacks(term: tuple[str, str, str], absent: int | None) -> None:
    assert missing(*term) == absent


def test_the_nearest_name_is_one_and_only_one() -> None:
    assert nearest("Sample  collection", ["sample collection", "growth"]) == "sample collection"
    assert nearest("growth", ["Growth", "GROWTH"]) is None
    assert nearest("imaging", ["growth"]) is None


def test_assays_that_isatools_knows() -> None:
    genome = known_type("Genome Sequencing", "Nucleotide sequencing")
    assert genome is not None
    assert genome.required == {"Sample Name", "Assay Name"}
    assert genome.expected("Sample Name", "Extract Name") == ("nucleic acid extraction",)
    assert genome.expected("Sample Name", "Assay Name")[-1] == "nucleic acid sequencing"
    assert genome.expected("Sample Name", "Image File") == ()
    assert known_type("biological imaging", "microscopy") is None
    assert known_type(*SAMPLES) is not None
    assert of_imaging("Biological Imaging", "image analysis")
    assert not of_imaging("biological imaging", "tasting")
