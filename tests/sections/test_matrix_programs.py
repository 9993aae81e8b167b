"""Transforms of registration programs, held against numpy: about a centre, by angles, from landmarks, in odd texts."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rembi_widgets.record import Finding, Matrix, matrix_of, read_matrix
from rembi_widgets.record._matrix import UNITS, number, unit_of

ANGLES = st.floats(-3, 3)
SHIFTS = st.floats(-1000, 1000).map(lambda value: round(value, 3))
SMALL = st.floats(-4, 4).map(lambda value: round(value, 4))


def codes_of(findings: tuple[Finding, ...]) -> list[str]:
    return [finding.code for finding in findings]


def rows_of(text: str) -> np.ndarray:
    found = read_matrix(text)
    assert found is not None
    assert found.matrix is not None, found.findings
    return np.array(found.matrix.rows)


def itk(kind: str, numbers: list[float], centre: list[float] | None = None) -> str:
    said = " ".join(repr(value) for value in numbers)
    fixed = "" if centre is None else f"FixedParameters: {' '.join(map(repr, centre))}\n"
    return f"#Insight Transform File V1.0\n#Transform 0\nTransform: {kind}\nParameters: {said}\n{fixed}"


def elastix(kind: str, numbers: list[float], centre: list[float] | None = None) -> str:
    said = " ".join(repr(value) for value in numbers)
    about = "" if centre is None else f"\n(CenterOfRotationPoint {' '.join(map(repr, centre))})"
    return f'(Transform "{kind}")\n(TransformParameters {said}){about}\n'


def turn(angle: float) -> np.ndarray:
    return np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])


def about(linear: np.ndarray, shift: list[float], centre: list[float]) -> np.ndarray:
    """Give x -> A(x - c) + t + c as a homogeneous matrix."""
    size = len(shift)
    whole = np.eye(size + 1)
    whole[:size, :size] = linear
    whole[:size, size] = np.array(shift) + centre - linear @ np.array(centre)
    return whole


@given(angle=ANGLES, shift=st.lists(SHIFTS, min_size=2, max_size=2), centre=st.lists(SHIFTS, min_size=2, max_size=2))
def test_a_rigid_transform_turns_about_its_centre(angle: float, shift: list[float], centre: list[float]) -> None:
    wanted = about(turn(angle), shift, centre)
    text = itk("Euler2DTransform_double_2_2", [angle, *shift], centre)
    assert np.allclose(rows_of(text), wanted, atol=1e-6)
    assert np.allclose(rows_of(elastix("EulerTransform", [angle, *shift], centre)), wanted, atol=1e-6)
    assert np.allclose(rows_of(itk("Rigid2DTransform_double_2_2", [angle, *shift], centre)), wanted, atol=1e-6)


@given(scale=st.floats(0.1, 9), angle=ANGLES, shift=st.lists(SHIFTS, min_size=2, max_size=2))
def test_a_similarity_has_its_scale_first(scale: float, angle: float, shift: list[float]) -> None:
    found = rows_of(elastix("SimilarityTransform", [scale, angle, *shift]))
    assert np.allclose(found, about(scale * turn(angle), shift, [0, 0]), atol=1e-6)
    assert math.isclose(np.linalg.det(found), scale**2, rel_tol=1e-6)


@given(angles=st.lists(ANGLES, min_size=3, max_size=3), centre=st.lists(SHIFTS, min_size=3, max_size=3))
def test_three_angles_turn_about_z_then_x_then_y(angles: list[float], centre: list[float]) -> None:
    x, y, z = angles
    about_x, about_y, about_z = np.eye(3), np.eye(3), np.eye(3)
    about_x[1:, 1:] = turn(x)
    about_y[np.ix_([0, 2], [0, 2])] = turn(-y)
    about_z[:2, :2] = turn(z)
    found = rows_of(itk("Euler3DTransform_double_3_3", [*angles, 1.0, 2.0, 3.0], centre))
    assert np.allclose(found, about(about_z @ about_x @ about_y, [1, 2, 3], centre), atol=1e-5)
    assert math.isclose(np.linalg.det(found), 1, abs_tol=1e-6)


@given(numbers=st.lists(SMALL, min_size=12, max_size=12), centre=st.lists(SHIFTS, min_size=3, max_size=3))
def test_an_affine_of_a_volume_goes_row_by_row(numbers: list[float], centre: list[float]) -> None:
    linear, shift = np.array(numbers[:9]).reshape(3, 3), numbers[9:]
    found = rows_of(itk("AffineTransform_double_3_3", numbers, centre))
    assert np.allclose(found, about(linear, shift, centre), atol=1e-6)


def test_a_centre_of_another_size_is_no_centre() -> None:
    text = itk("Euler2DTransform_double_2_2", [0.0, 3.0, 4.0], [9.0, 9.0, 9.0])
    assert np.allclose(rows_of(text), about(np.eye(2), [3, 4], [0, 0]))


def test_a_transform_of_an_unknown_kind_is_told_by_its_numbers() -> None:
    found = read_matrix(itk("BSplineTransform_double_2_2", [0.1, 0.2, 0.3, 0.4, 0.5]))
    assert found is not None
    assert found.matrix is None
    assert codes_of(found.findings) == ["matrix_shape"]
    assert found.findings[0].found == "1 × 5"


@pytest.mark.parametrize("kind", ["AffineTransform", "EulerTransform", "SimilarityTransform", "TranslationTransform"])
def test_a_transform_with_too_few_numbers_is_no_matrix(kind: str) -> None:
    found = read_matrix(elastix(kind, [1.0]))
    assert found is not None
    assert found.matrix is None
    assert codes_of(found.findings) == ["matrix_shape"]


def test_parameters_that_are_no_numbers_are_no_matrix() -> None:
    assert read_matrix("Transform: AffineTransform\nParameters: one two three\n") is None
    assert read_matrix('(Transform "AffineTransform")\n(TransformParameters see file)\n') is None


def landmarks(points: list[tuple[list[float], list[float]]], *, active: str = "true") -> str:
    lines = [
        f'"Pt-{place}","{active}",' + ",".join(f'"{value!r}"' for value in (*moving, *fixed))
        for place, (moving, fixed) in enumerate(points)
    ]
    return "\n".join(lines)


@given(
    linear=st.lists(SMALL, min_size=4, max_size=4).filter(lambda m: abs(m[0] * m[3] - m[1] * m[2]) > 0.1),
    shift=st.lists(SHIFTS, min_size=2, max_size=2),
)
def test_landmarks_give_back_the_affine_they_were_made_with(linear: list[float], shift: list[float]) -> None:
    matrix = np.array(linear).reshape(2, 2)
    places = [[0.0, 0.0], [10.0, 0.0], [0.0, 20.0], [7.0, 3.0]]
    points = [(place, [float(value) for value in matrix @ place + shift]) for place in places]
    assert np.allclose(rows_of(landmarks(points)), about(matrix, shift, [0, 0]), atol=1e-5)


def test_landmarks_of_a_volume_need_four_points() -> None:
    places = [[0.0, 0.0, 0.0], [1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]
    points = [(place, [place[0] + 4, place[1] + 5, place[2] + 6]) for place in places]
    assert np.allclose(rows_of(landmarks(points))[:3, 3], [4, 5, 6])
    three = read_matrix(landmarks(points[:3]))
    assert three is None or three.matrix is None


def test_landmarks_on_one_line_fit_no_transform() -> None:
    points = [([float(n), float(n)], [float(n), float(n)]) for n in range(5)]
    found = read_matrix(landmarks(points))
    assert found is None or found.matrix is None


def test_landmarks_that_are_switched_off_count_for_nothing() -> None:
    good = [([0.0, 0.0], [1.0, 1.0]), ([5.0, 0.0], [6.0, 1.0]), ([0.0, 5.0], [1.0, 6.0])]
    wrong = landmarks([([9.0, 9.0], [-100.0, 0.0])], active="false")
    assert np.allclose(rows_of(f"{landmarks(good)}\n{wrong}"), about(np.eye(2), [1, 1], [0, 0]))


@pytest.mark.parametrize("word", [word for said in UNITS.values() for word in said.split()])
def test_every_word_for_a_unit_is_read_behind_a_matrix(word: str) -> None:
    found = read_matrix(f"[[1, 0, 2], [0, 1, 3]] {word}")
    assert found is not None
    assert found.unit == unit_of(word)
    assert found.unit in UNITS


@pytest.mark.parametrize(
    "text",
    [
        "# unit: nm\n1 0 5\n0 1 6",
        "% units = nanometers\n1 0 5\n0 1 6",
        '{"matrix": [[1, 0, 5], [0, 1, 6]], "unit": "nm"}',
        "1 0 5\n0 1 6 (unit: nm)",
        "matrix(1,0,0,1,5,6) nm",
    ],
)
def test_a_unit_may_stand_in_a_line_behind_or_within(text: str) -> None:
    found = read_matrix(text)
    assert found is not None
    assert str(found.matrix) == "[[1, 0, 5], [0, 1, 6], [0, 0, 1]] nm"
    assert codes_of(found.findings) == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   \n\n",
        "registration.csv",
        "see the methods",
        "10.1038/s41592-021-01327-9",
        "2024-01-02",
        "[[[[[[[[[[1]]]]]]]]]]",
        '{"matrix": true}',
        '{"matrix": {"matrix": {"matrix": {}}}}',
        "[" * 5000,
        '{"a":' * 3000,
        "<root><a/></root>",
        "<root",
        '<!DOCTYPE x [<!ENTITY e "1">]><root m00="&e;"/>',
        "matrix",
        "\x00\x01\x02",
        "1 2 3",
        "cell 4, slice 7",
    ],
)
def test_a_text_that_does_not_try_is_no_matrix(text: str) -> None:
    assert read_matrix(text) is None


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("1", 1.0),
        (" 2,5 ", 2.5),
        ("\u22123", -3.0),
        ("+.5", 0.5),
        ("1D2", 100.0),
        ("1e-3", 0.001),
        ("1e999", None),
        ("nan", None),
        ("inf", None),
        ("1_000", None),
        ("0x10", None),
        ("1 2", None),
        ("", None),
        ("--1", None),
        ("1.2.3", None),
    ],
)
def test_a_cell_is_a_number_or_none(cell: str, value: float | None) -> None:
    assert number(cell) == value


@given(st.lists(st.lists(st.text(max_size=6), max_size=5), max_size=5), st.sampled_from([None, *UNITS]))
def test_no_cells_break_the_judging(cells: list[list[str]], unit: str | None) -> None:
    found = matrix_of(cells, unit)
    assert found.matrix is not None or found.findings
    assert all(finding.path == "/correlations" and finding.message("fr") for finding in found.findings)


@given(st.text(max_size=300))
def test_no_text_breaks_the_reading(text: str) -> None:
    found = read_matrix(text)
    if found is not None and found.matrix is not None:
        again = read_matrix(str(found.matrix))
        assert again is not None
        assert again.matrix == found.matrix


@pytest.mark.parametrize(
    ("cells", "codes"),
    [
        ([["1", "0", "0"], ["0", "1"]], ["matrix_ragged"]),
        ([["1", "0"], ["0", "1"]], ["matrix_shape"]),
        ([["1", "x", "0"], ["0", "1", ""]], ["matrix_number", "matrix_number"]),
        ([["1", "0", "0"], ["0", "1", "0"], ["3", "4", "1"]], ["matrix_transposed"]),
        ([["1", "0", "2"], ["0", "1", "0"], ["3", "4", "1"]], ["matrix_last_row"]),
        ([["1", "2", "0"], ["2", "4", "0"]], ["matrix_singular"]),
        ([["0", "0", "0"], ["0", "0", "0"]], ["matrix_singular"]),
        ([["-1", "0", "0"], ["0", "1", "0"]], ["matrix_mirrored"]),
        ([["2", "0", "7"], ["0", "2", "0"]], ["matrix_unit"]),
        ([["1", "0", "0"], ["0", "1", "0"]], ["matrix_nothing"]),
        ([["2", "0", "0"], ["0", "2", "0"]], []),
    ],
)
def test_each_fault_of_a_matrix_has_its_code(cells: list[list[str]], codes: list[str]) -> None:
    assert codes_of(matrix_of(cells).findings) == codes


@pytest.mark.parametrize("factor", [1e-9, 1e-3, 1.0, 1e6])
def test_a_small_scale_is_not_flat(factor: float) -> None:
    cells = [[repr(factor), "0", "0"], ["0", repr(factor * 2), "0"]]
    assert codes_of(matrix_of(cells).findings) == []


def test_a_fault_tells_the_row_and_column_of_the_cell() -> None:
    [finding] = matrix_of([["1", "0", "0"], ["0", "one", "0"]]).findings
    assert (finding.values["row"], finding.values["column"], finding.found) == ("2", "2", "one")
    assert "one" in finding.message("en")


@given(st.lists(SMALL, min_size=9, max_size=9))
def test_the_determinant_is_numpys(numbers: list[float]) -> None:
    grid = np.array(numbers).reshape(3, 3)
    whole = np.eye(4)
    whole[:3, :3] = grid
    found = Matrix(tuple(tuple(float(value) for value in row) for row in whole))
    assert math.isclose(found.determinant, float(np.linalg.det(grid)), rel_tol=1e-6, abs_tol=1e-6)
    assert found.dimensions == 3


def test_a_matrix_of_json_may_hold_numbers_as_text_and_nothing() -> None:
    found = read_matrix(json.dumps({"affine": [["1", "0", None], ["0", "1", "3"]]}))
    assert found is not None
    assert found.cells[0] == ("1", "0", "")
    assert codes_of(found.findings) == ["matrix_number"]
