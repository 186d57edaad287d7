"""Every notebook in solutions/ keeps the rules that make it safe to release and to grade."""

import ast
import itertools
import re
import statistics
import subprocess

import nbformat
import pytest
from lessons import (
    LESSONS,
    ROOT,
    SOLUTIONS,
    exercise_of,
    exercises,
    grading,
    is_exercise,
    is_test,
    is_written,
    points,
    read_notebook,
    source_path,
)

EXERCISES = {
    "00-start-here": ("keep_top_bits", "gray_ramp"),
    "01-histograms": (
        "intensity_histogram",
        "channel_histograms",
        "density",
        "count_colors",
        "busiest_range",
    ),
    "02-global-quantization": (
        "uniform_levels",
        "nearest_level_table",
        "lloyd_step",
        "mean_squared_error",
        "quantize_global",
    ),
    "03-channel-quantization": (
        "channel_levels",
        "quantize_channels",
        "error_sweep",
        "photo_where_channels_win",
    ),
    "04-rgb-vector-quantization": (
        "image_to_pixels",
        "pixels_to_image",
        "random_palette",
        "learn_palette",
        "nearest_color",
        "paint",
        "indexed_png",
    ),
    "05-centroid-neural-network": (
        "winner",
        "gain_sample",
        "lose_sample",
        "neuron_to_split",
        "run_epoch",
        "centnn",
    ),
    "06-block-vector-quantization": (
        "image_to_blocks",
        "blocks_to_image",
        "spread_start",
        "codebook_step",
        "encode",
        "decode",
        "psnr",
    ),
    "07-error-and-size": (
        "mean_absolute_error",
        "bits_per_index",
        "palette_bits",
        "block_bits",
        "png_size",
        "rate_distortion",
        "smallest_k",
    ),
    "08-entropy-coding": (
        "entropy",
        "predicted_error",
        "cube_root_levels",
        "huffman_lengths",
        "prefix_code",
        "encode_bits",
        "decode_bits",
    ),
    "09-frequency-quantization": (
        "dct_matrix",
        "blocks_to_coefficients",
        "coefficients_to_blocks",
        "zigzag",
        "quality_table",
        "quantize_coefficients",
        "dequantize_coefficients",
        "coefficient_bits",
    ),
}

lesson_by_lesson = pytest.mark.parametrize("lesson", LESSONS)


def cells_of(lesson, wanted=lambda cell: True):
    return [cell for cell in read_notebook(source_path(lesson)).cells if wanted(cell)]


def code_lines(cell):
    return [line for line in cell.source.splitlines() if line.strip()]


def is_plain_code(cell):
    return cell.cell_type == "code" and not grading(cell)


@lesson_by_lesson
def test_a_lesson_has_the_exercises_of_the_curriculum(lesson):
    assert sorted(exercises(lesson)) == sorted(EXERCISES[lesson])


@lesson_by_lesson
def test_a_lesson_is_one_notebook_and_nothing_else(lesson):
    listed = [
        "git",
        "ls-files",
        "--cached",
        "--others",
        "--exclude-standard",
        f"solutions/{lesson}",
    ]
    files = subprocess.run(listed, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert files.split() == [f"solutions/{lesson}/{lesson}.ipynb"]


def test_solutions_holds_lessons_and_the_guide_only():
    assert {path.name for path in SOLUTIONS.iterdir()} == {*LESSONS, "README.md"}


@lesson_by_lesson
def test_a_notebook_is_valid_and_carries_nothing_of_a_run(lesson):
    notebook = nbformat.read(source_path(lesson), as_version=nbformat.NO_CONVERT)
    nbformat.validate(notebook)
    assert set(notebook.metadata) == {"kernelspec"}
    assert notebook.metadata.kernelspec.name == "python3"
    for cell in notebook.cells:
        assert cell.id
        assert set(cell.metadata) <= {"nbgrader"}
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None


@lesson_by_lesson
def test_ids_and_grade_ids_are_unique(lesson):
    cells = cells_of(lesson)
    ids = [cell.id for cell in cells]
    grade_ids = [grading(cell)["grade_id"] for cell in cells if grading(cell)]
    assert len(set(ids)) == len(ids)
    assert len(set(grade_ids)) == len(grade_ids)


@lesson_by_lesson
def test_a_lesson_gives_sixteen_points_by_tests_and_four_for_writing(lesson):
    written = cells_of(lesson, is_written)
    assert sum(points(lesson).values()) == 16
    assert [grading(cell)["points"] for cell in written] == [4]
    assert grading(written[0])["grade_id"].startswith("written_")
    assert "Rubric" in written[0].source


@lesson_by_lesson
def test_a_solution_cell_holds_the_function_of_its_grade_id_and_no_other(lesson):
    for cell in cells_of(lesson, is_exercise):
        functions = ast.parse(cell.source).body
        assert [function.name for function in functions] == [grading(cell)["grade_id"]]
        assert ast.get_docstring(functions[0])
        assert "### BEGIN SOLUTION" in cell.source
        assert not grading(cell)["locked"]


@lesson_by_lesson
def test_every_exercise_has_a_visible_test_right_below_it(lesson):
    order = [grading(cell)["grade_id"] for cell in cells_of(lesson, grading)]
    for exercise in exercises(lesson):
        assert order[order.index(exercise) + 1] == f"test_{exercise}"
    known = {f"test_{name}{end}" for name in exercises(lesson) for end in ("", "_hidden")}
    assert {grading(cell)["grade_id"] for cell in cells_of(lesson, is_test)} <= known


@lesson_by_lesson
def test_a_test_cell_is_one_call_of_a_judge_and_nothing_else(lesson):
    for cell in cells_of(lesson, is_test):
        assert grading(cell)["locked"]
        assert grading(cell)["schema_version"] == 3
        (statement,) = ast.parse(cell.source).body
        assert isinstance(statement, ast.Assert), cell.source
        call = statement.test
        assert ast.unparse(call.func) == "__import__('kquant_helpers').check", cell.source
        given = [ast.literal_eval(argument) for argument in call.args]
        assert given[0] == exercise_of(cell)
        assert bool(given[1:]) == grading(cell)["grade_id"].endswith("_hidden")
        assert not call.keywords


@lesson_by_lesson
def test_hidden_tests_are_hidden_as_a_whole(lesson):
    for cell in cells_of(lesson, is_test):
        hidden = grading(cell)["grade_id"].endswith("_hidden")
        lines = code_lines(cell)
        if hidden:
            assert lines[0].startswith("# ")
            assert lines[1] == "### BEGIN HIDDEN TESTS"
            assert lines[-1] == "### END HIDDEN TESTS"
        else:
            assert "HIDDEN" not in cell.source


@lesson_by_lesson
def test_code_cells_are_short(lesson):
    lengths = [len(code_lines(cell)) for cell in cells_of(lesson, is_plain_code)]
    assert max(lengths) <= 12
    assert statistics.median(lengths) <= 5


@lesson_by_lesson
def test_prose_stands_between_code_cells(lesson):
    cells = cells_of(lesson)
    bare = [
        second.source
        for first, second in itertools.pairwise(cells)
        if is_plain_code(first) and is_plain_code(second)
    ]
    assert bare == []


@lesson_by_lesson
def test_a_lesson_has_the_parts_of_every_lesson(lesson):
    headings = re.findall(
        r"^## (.+)$", "\n".join(cell.source for cell in cells_of(lesson)), re.MULTILINE
    )
    parts = ["Predict", "Explore", "Build", "Plug in", "Explain", "Further", "What you have seen"]
    assert [heading for heading in headings if heading in parts] == parts
    opening = cells_of(lesson)[0].source
    for needed in ("**The question.**", "**You will be able to**", "**Time**", "**Points**"):
        assert needed in opening


@lesson_by_lesson
def test_prose_keeps_to_american_spelling_and_does_not_belittle(lesson):
    prose = " ".join(
        cell.source for cell in cells_of(lesson) if cell.cell_type == "markdown"
    ).lower()
    words = r"\b(colou\w*|grey\w*|neighbou\w*|centre\w*|simply|obviously|trivial\w*|just)\b"
    assert re.findall(words, prose) == []
