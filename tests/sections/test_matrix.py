"""Transformation matrices: each program's way of writing one, what is wrong with one, the one form they are kept in."""

from __future__ import annotations

import json
import math

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rembi_widgets.checks import check
from rembi_widgets.locale import LANGUAGES
from rembi_widgets.record import Curation, Finding, Matrix, matrix_of, read_matrix

PLAIN = "[[1, 0, 12.5], [0, 1, -3], [0, 0, 1]]"
WAYS = {
    "blanks": "1 0 12.5\n0 1 -3\n",
    "numpy.savetxt": "1.000000000000000000e+00 0.0e+00 1.25e+01\n0.0 1.0 -3.0\n0.0 0.0 1.0\n",
    "numpy": "[[ 1.   0.  12.5]\n [ 0.   1.  -3. ]\n [ 0.   0.   1. ]]",
    "array": "array([[1. , 0. , 12.5],\n       [0. , 1. , -3. ]])",
    "csv": "1,0,12.5\n0,1,-3\n0,0,1",
    "csv with headers": "a,b,shift\n1,0,12.5\n0,1,-3",
    "csv with names": "x,1,0,12.5\ny,0,1,-3",
    "french csv": "1;0;12,5\n0;1;-3",
    "decimal commas": "1,0 0,0 12,5\n0,0 1,0 -3,0",
    "tsv with notes": "# from the register\n1\t0\t12.5\n0\t1\t-3",
    "matlab": "[1 0 12.5; 0 1 -3; 0 0 1]",
    "one line": "1, 0, 12.5, 0, 1, -3",
    "json": '{"matrix": [[1, 0, 12.5], [0, 1, -3], [0, 0, 1]]}',
    "json flat": '{"transform": {"affine": [1, 0, 12.5, 0, 1, -3]}}',
    "ome-ngff": '{"coordinateTransformations": [{"type": "affine", "affine": [[1, 0, 12.5], [0, 1, -3]]}]}',
    "imagej": "matrix(1,0,0,1,12.5,-3)",
    "trakem2": '<t2_patch transform="matrix(1.0,0.0,0.0,1.0,12.5,-3.0)" title="a" />',
    "java": "AffineTransform[[1.0, 0.0, 12.5], [0.0, 1.0, -3.0]]",
    "minus of print": "1 0 12.5\n0 1 \u22123",
    "fortran": "1D0 0D0 1.25D1\n0D0 1D0 -3D0",
    "itk": "#Insight Transform File V1.0\n#Transform 0\nTransform: AffineTransform_double_2_2\n"
    "Parameters: 1 0 0 1 12.5 -3\nFixedParameters: 7 9\n",
    "elastix": '(Transform "TranslationTransform")\n(NumberOfParameters 2)\n(TransformParameters 12.5 -3.0)\n',
    "elastix affine": '(Transform "AffineTransform")\n(TransformParameters 1 0 0 1 12.5 -3)\n'
    "(CenterOfRotationPoint 4 5)",
    "bigwarp": '"Pt-0","true","0","0","12.5","-3"\n"Pt-1","true","2","0","14.5","-3"\n'
    '"Pt-2","true","0","4","12.5","1"\n'
    '"Pt-3","false","Infinity","Infinity","0","0"\n',
}


@pytest.mark.parametrize("way", WAYS)
def test_each_way_of_writing_it_is_the_same_matrix(way: str) -> None:
    found = read_matrix(WAYS[way])
    assert found is not None
    assert str(found.matrix) == PLAIN
    assert [one.code for one in found.findings] == ["matrix_unit"]


VOLUME = "[[1, 0, 0, 4], [0, 1, 0, 5], [0, 0, 1, 6], [0, 0, 0, 1]]"
VOLUMES = {
    "imglib2": "3d-affine: (1.0, 0.0, 0.0, 4.0, 0.0, 1.0, 0.0, 5.0, 0.0, 0.0, 1.0, 6.0)",
    "ec-clem": '<root><MatrixTransformation order="0" m00="1" m01="0" m02="0" m03="4" m10="0" m11="1" m12="0" m13="5"'
    ' m20="0" m21="0" m22="1" m23="6" m30="0" m31="0" m32="0" m33="1"/></root>',
    "bigdataviewer": "<ViewTransform type='affine'><affine>1 0 0 4 0 1 0 5 0 0 1 6</affine></ViewTransform>",
    "itk": "Transform: MatrixOffsetTransformBase_double_3_3\nParameters: 1 0 0 0 1 0 0 0 1 4 5 6\n"
    "FixedParameters: 0 0 0",
    "elastix": '(Transform "EulerTransform")\n(TransformParameters 0 0 0 4 5 6)\n(CenterOfRotationPoint 1 2 3)',
    "3 x 4": "1 0 0 4\n0 1 0 5\n0 0 1 6",
    "landmarks": "\n".join(
        f'"Pt-{n}","true",{x},{y},{z},{x + 4},{y + 5},{z + 6}'
        for n, (x, y, z) in enumerate([(0, 0, 0), (1, 0, 0), (0, 1, 0), (0, 0, 1), (2, 3, 4)])
    ),
}


@pytest.mark.parametrize("way", VOLUMES)
def test_volumes_too(way: str) -> None:
    found = read_matrix(VOLUMES[way])
    assert found is not None
    assert str(found.matrix) == VOLUME
    assert found.matrix is not None
    assert found.matrix.dimensions == 3
    assert found.matrix.shift == (4, 5, 6)


def test_a_rotation_about_a_centre_leaves_the_centre_where_it_is() -> None:
    said = f'(Transform "EulerTransform")\n(TransformParameters {math.pi / 2} 0 0)\n(CenterOfRotationPoint 10 20)'
    found = read_matrix(said)
    assert found is not None
    assert found.matrix is not None
    (a, b, x), (c, d, y), _ = found.matrix.rows
    assert (a * 10 + b * 20 + x, c * 10 + d * 20 + y) == pytest.approx((10, 20))
    assert found.matrix.determinant == pytest.approx(1)


def test_a_similarity_scales() -> None:
    found = read_matrix('(Transform "SimilarityTransform")\n(TransformParameters 2 0 1 1)')
    assert found is not None
    assert str(found.matrix) == "[[2, 0, 1], [0, 2, 1], [0, 0, 1]]"


@pytest.mark.parametrize(
    ("said", "unit"),
    [
        (f"{PLAIN} µm", "µm"),
        (f"{PLAIN} (unit: microns)", "µm"),
        ("# unit: nm\n1 0 12.5\n0 1 -3", "nm"),
        ('{"affine": [[1,0,12.5],[0,1,-3]], "unit": "pixel"}', "px"),
        ("1 0 12.5; 0 1 -3 mm", "mm"),
    ],
)
def test_a_unit_is_read(said: str, unit: str) -> None:
    found = read_matrix(said)
    assert found is not None
    assert str(found.matrix) == f"{PLAIN} {unit}"
    assert found.findings == ()


@pytest.mark.parametrize(
    "said",
    [
        "",
        "   ",
        "transforms/confocal_to_sem.csv",
        "See file: Transforms.csv",
        "Scaled by 2 in x and y, then shifted by 12 µm",
        "5",
        "{not json",
        "<root/>",
        "[]",
        '{"a": 1}',
        "[" * 5000,
        "rotation: 3 degrees; scale: 2",
    ],
)
def test_what_is_no_matrix_is_left_alone(said: str) -> None:
    assert read_matrix(said) is None


@pytest.mark.parametrize(
    ("said", "code", "found", "usable"),
    [
        ("1 0\n0 1", "matrix_shape", "2 × 2", False),
        ("1 0 0 0 0\n0 1 0 0 0", "matrix_shape", "2 × 5", False),
        ("1 0 5\n0 1", "matrix_ragged", "3, 2", False),
        ("1 0 x\n0 1 6", "matrix_number", "x", False),
        ("1 0 inf\n0 1 6", "matrix_number", "inf", False),
        ("1 0 5\n0 1 6\n0 0 2", "matrix_last_row", "0 0 2", False),
        ("1 0 0\n0 1 0\n5 6 1", "matrix_transposed", "5 6 1", False),
        ("1 2 0\n2 4 0", "matrix_singular", "0", True),
        ("0 0 5\n0 0 6", "matrix_singular", "0", True),
        ("-1 0 0\n0 1 0", "matrix_mirrored", "-1", True),
        ("1 0 5\n0 1 6", "matrix_unit", "5, 6", True),
        ("1 0 0\n0 1 0\n0 0 1", "matrix_nothing", "[[1, 0, 0], [0, 1, 0], [0, 0, 1]]", True),
    ],
)
def test_what_is_wrong_is_said(said: str, code: str, found: str, usable: bool) -> None:
    read = read_matrix(said, path="/correlations/co-1/transformation_matrix")
    assert read is not None
    one = next(finding for finding in read.findings if finding.code == code)
    assert (one.found, one.path) == (found, "/correlations/co-1/transformation_matrix")
    assert (read.matrix is not None) is usable
    assert all(found in one.message(lang) and "{" not in one.message(lang) for lang in LANGUAGES)


def test_a_cell_is_named_by_its_place() -> None:
    (one,) = matrix_of([["1", "0", ""], ["0", "1", "6"]]).findings
    assert (one.values["row"], one.values["column"], one.found) == ("1", "3", "…")


def test_a_small_determinant_is_no_flat_one() -> None:
    found = read_matrix("1e-6 0 1\n0 1e-6 1 \n0 0 1")
    assert found is not None
    assert "matrix_singular" not in [one.code for one in found.findings]


def test_xml_with_a_doctype_is_not_read() -> None:
    said = '<!DOCTYPE r [<!ENTITY a "1">]><r m00="&a;" m01="0" m02="0" m10="0" m11="1" m12="0"/>'
    assert read_matrix(said) is None


NUMBERS = st.floats(-1e6, 1e6, allow_nan=False)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(NUMBERS, min_size=12, max_size=12), st.sampled_from([2, 3]), st.sampled_from([None, "px", "nm", "µm"]))
def test_the_written_form_is_read_back_as_it_was(numbers: list[float], size: int, unit: str | None) -> None:
    rows = [numbers[row * (size + 1) :][: size + 1] for row in range(size)]
    whole = Matrix((*(tuple(row) for row in rows), (*(0.0,) * size, 1.0)), unit)
    found = read_matrix(str(whole))
    assert found is not None
    assert found.matrix == whole
    assert json.loads(str(whole).removesuffix(f" {unit}")) == [list(row) for row in whole.rows]


@given(st.text(max_size=60) | st.text(st.sampled_from('0123456789.,;-e[]()\n\t {}"<>matrix:'), max_size=80))
def test_any_text_is_read_or_left_alone(said: str) -> None:
    found = read_matrix(said)
    if found is not None and found.matrix is not None:
        again = read_matrix(str(found.matrix))
        assert again is not None
        assert again.matrix == found.matrix


def findings(matrix: str = "", related: str = "", paths: tuple[str, ...] = ()) -> list[Finding]:
    rows = [f"fl-{n}" for n in range(len(paths))]
    from rembi_widgets.record import Change, Edit, apply

    said = {"title": "CLEM", "transformation_matrix": matrix, "related_images": related}
    value = {name: text for name, text in said.items() if text}
    edits = [Edit(op="add", path="/correlations", id="co-1", value=value)]
    if rows:
        edits += [
            Edit(op="add", path="/files", rows=tuple(rows)),
            Edit(op="fill", path="/files/path", rows=tuple(rows), values=paths),
        ]
    record = apply(Curation(), Change(id="w-1", edits=tuple(edits)))
    return [one for one in check(record, "all") if one.code.startswith(("matrix_", "related_"))]


def test_checks_say_it_at_the_field() -> None:
    (one,) = findings("1 2 0; 2 4 0")
    assert (one.level, one.code, one.path) == (
        "warning",
        "matrix_singular",
        "/correlations/co-1/transformation_matrix",
    )
    assert findings("transforms/a.csv") == []
    assert findings(f"{PLAIN} µm") == []


def test_images_that_are_not_there_are_named() -> None:
    (one,) = findings(related="moving: a/*.tif; gone.tif | fixed: b.mrc", paths=("a/1.tif", "b.mrc"))
    assert (one.code, one.found) == ("related_nothing", "gone.tif")
    (side,) = findings(related="moving: a/*.tif", paths=("a/1.tif",))
    assert (side.level, side.code) == ("info", "related_one_side")
    assert findings(related="the overview of cell 4", paths=("a/1.tif",)) == []
    assert findings(related="moving: gone.tif") == []
