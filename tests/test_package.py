"""The package as a whole: its import, its names, its docstrings, and who imports whom."""

import ast
import importlib
import inspect
import subprocess
import sys
from pathlib import Path

import pytest

import kquant_helpers as kq

PACKAGE = Path(kq.__file__).parent
PATHS = {
    ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(PACKAGE.rglob("*.py"))
}
MODULES = [name for name in PATHS if name != "__init__"]
SLOW = {"sklearn", "skimage", "scipy", "matplotlib", "ipywidgets", "IPython"}

# Each row may import the rows above it, and its own row not at all.
LAYERS = (
    {"door.plain", "process_state", "looks"},
    {"door.arrays"},
    {"door.images"},
    {"door"},
    {"quiet", "predictions"},
    {"photo_files"},
    {"photos", "counts", "cuts"},
    {"nearest", "frequencies"},
    {"packing", "prefix_codes"},
    {"learners.levels", "learners.k_means", "learners.palettes", "learners.pillow"},
    {"learners.steps"},
    {"learners.centnn.network", "learners.centnn.samples"},
    {"learners.centnn.values", "learners.centnn.few_samples", "learners.centnn.many_samples"},
    {"learners.centnn.epochs"},
    {"learners.centnn.estimator", "learners.centnn.growth"},
    {"learners.centnn"},
    {"learners", "codebooks"},
    {"quantize"},
    {"errors", "sizes", "formats"},
    {"container_bodies"},
    {"container"},
    {"files"},
    {"experiments.methods", "experiments.comparisons"},
    {"experiments.sweeps"},
    {"experiments"},
    {"figures", "mosaic"},
)
CORE = (
    *("door", "counts", "cuts", "nearest", "learners", "codebooks", "quantize"),
    *("errors", "sizes", "formats", "figures"),
)

# What students write, by CURRICULUM.md; encode and decode are the package's own as well.
EXERCISES = {
    *("keep_top_bits", "gray_ramp"),
    *("intensity_histogram", "channel_histograms", "density", "count_colors", "busiest_range"),
    *("uniform_levels", "nearest_level_table", "lloyd_step", "mean_squared_error"),
    *("quantize_global",),
    *("channel_levels", "quantize_channels", "error_sweep", "photo_where_channels_win"),
    *("image_to_pixels", "pixels_to_image", "random_palette", "learn_palette", "nearest_color"),
    *("paint", "indexed_png"),
    *("winner", "gain_sample", "lose_sample", "neuron_to_split", "run_epoch", "centnn"),
    *("image_to_blocks", "blocks_to_image", "spread_start", "codebook_step"),
    *("encode", "decode", "psnr"),
    *("mean_absolute_error", "bits_per_index", "palette_bits", "block_bits", "entropy"),
    *("png_size", "rate_distortion", "smallest_k"),
}


def run_python(program):
    """Run a program in a fresh process and return what it printed."""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def imported_by(name):
    """Return the modules of the package that a module imports anywhere, functions included."""
    found = set()
    for node in ast.walk(ast.parse(PATHS[name].read_text())):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name} imports relatively"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            continue
        found |= {module_of(each) for each in names if each.startswith("kquant_helpers.")}
    return found


def module_of(dotted):
    """Return the module of the package that holds a dotted name."""
    parts = dotted.split(".")[1:]
    while parts and ".".join(parts) not in MODULES:
        parts.pop()
    return ".".join(parts) or "__init__"


def public_objects(name):
    """Yield the public functions and classes that a module defines, and their methods."""
    module = importlib.import_module(f"kquant_helpers.{name}")
    for key, value in vars(module).items():
        own = getattr(value, "__module__", None) == module.__name__
        if (
            key.startswith("_")
            or not own
            or not (inspect.isroutine(value) or inspect.isclass(value))
        ):
            continue
        yield key, value
        if inspect.isclass(value):
            for method, function in vars(value).items():
                if not method.startswith("_") and inspect.isroutine(function):
                    yield f"{key}.{method}", function


# Importing


def test_an_import_loads_none_of_the_slow_libraries():
    program = f"import sys, kquant_helpers; print(sorted({SLOW} & set(sys.modules)))"
    assert run_python(program) == "[]\n"


def test_an_import_changes_nothing_global():
    program = """
import random, sys, warnings
import numpy as np
from PIL import Image
def state():
    return (list(warnings.filters), random.getstate(), np.geterr(), np.get_printoptions(),
            np.random.get_state()[1].tolist(), Image.MAX_IMAGE_PIXELS, sys.excepthook,
            sys.displayhook, list(sys.path))
before = state()
import kquant_helpers
print(state() == before)
"""
    assert run_python(program) == "True\n"


def test_loading_every_module_leaves_the_settings_of_others_alone():
    program = f"""
import importlib, warnings, matplotlib, numpy as np
import matplotlib.pyplot, sklearn.cluster, skimage.metrics, ipywidgets, IPython.display
def state():
    return (list(warnings.filters), dict(matplotlib.rcParams), sklearn.get_config(),
            np.geterr(), np.random.get_state()[1].tolist())
before = state()
for name in {[name for name in MODULES if not name.startswith("grading")]}:
    importlib.import_module("kquant_helpers." + name)
print(state() == before)
"""
    assert run_python(program) == "True\n"


@pytest.mark.parametrize("name", CORE)
def test_a_module_of_the_core_can_be_imported_first_and_is_light(name):
    program = f"import sys, kquant_helpers.{name}; print(sorted({SLOW} & set(sys.modules)))"
    assert run_python(program) == "[]\n"


# Names


def test_every_name_on_offer_is_there():
    assert len(set(kq.__all__)) == len(kq.__all__)
    assert [name for name in kq.__all__ if getattr(kq, name, None) is None] == []


def test_dir_lists_what_is_on_offer():
    assert set(kq.__all__) <= set(dir(kq))


def test_a_name_comes_from_the_module_that_defines_it():
    for name in kq.__all__:
        value = getattr(kq, name)
        if inspect.isroutine(value) or inspect.isclass(value):
            assert value is getattr(sys.modules[value.__module__], name)


def test_quantize_stays_the_function_after_its_module_is_imported():
    importlib.import_module("kquant_helpers.quantize")
    assert inspect.isfunction(kq.quantize)


def test_a_name_that_is_not_there_is_told():
    with pytest.raises(AttributeError, match=r"^kquant_helpers has no 'quantise': see dir\("):
        kq.quantise  # noqa: B018
    assert not hasattr(kq, "psnr")


def test_a_star_brings_what_is_on_offer():
    program = "from kquant_helpers import *; print(quantize.__name__, SAMPLES[0], callable(learn))"
    assert run_python(program) == "quantize china True\n"


@pytest.mark.parametrize("name", [each for each in MODULES if not each.startswith("checks.")])
def test_nothing_public_has_the_name_of_an_exercise(name):
    allowed = {"encode", "decode"} if name == "codebooks" else set()
    assert {key for key, _ in public_objects(name)} & EXERCISES <= allowed
    assert set(kq.__all__) & EXERCISES == {"encode", "decode"}


# Docstrings


@pytest.mark.parametrize("name", MODULES)
def test_everything_public_has_a_docstring_with_a_summary(name):
    assert importlib.import_module(f"kquant_helpers.{name}").__doc__
    for key, value in public_objects(name):
        summary = (value.__doc__ or "").strip().split("\n\n")[0]
        assert summary.endswith("."), key
        assert "\n" not in summary, key


def test_every_function_on_offer_has_an_example():
    for name in kq.__all__:
        value = getattr(kq, name)
        if inspect.isfunction(value) and not value.__module__.startswith("kquant_helpers.expl"):
            assert "Examples\n" in value.__doc__ and ">>> " in value.__doc__, name


@pytest.mark.parametrize("name", CORE)
def test_every_parameter_that_is_documented_exists_and_the_other_way_round(name):
    for key, value in public_objects(name):
        if not inspect.isfunction(value) or "Parameters\n" not in value.__doc__:
            continue
        section = inspect.getdoc(value).split("Parameters\n----------\n")[1].split("\n\n")[0]
        lines = [line for line in section.splitlines() if " : " in line and line[0] != " "]
        told = [each for line in lines for each in line.split(" : ")[0].split(", ")]
        assert told == list(inspect.signature(value).parameters), key


# Who imports whom


def rank(name):
    """Return how far up a module stands."""
    for i, layer in enumerate(LAYERS):
        if name in layer:
            return i
    return len(LAYERS) + (name.split(".")[0] == "explorers")


def test_every_module_has_a_place():
    known = set().union(*LAYERS)
    others = {name.split(".")[0] for name in MODULES} - known
    assert others <= {"explorers", "checks", "grading"}
    assert known <= set(MODULES)


@pytest.mark.parametrize("name", sorted(set().union(*LAYERS)))
def test_imports_run_downwards_only(name):
    upwards = {each for each in imported_by(name) if rank(each) >= rank(name)}
    assert upwards - {"__init__"} == set()


@pytest.mark.parametrize("name", [each for each in MODULES if each.split(".")[0] == "checks"])
def test_checks_know_nothing_of_explorers_and_the_ladder_nothing_of_the_package(name):
    assert not {each for each in imported_by(name) if each.startswith(("explorers", "grading"))}
    if name in ("checks.ladder", "checks.calls"):
        assert imported_by(name) <= {"checks.calls", "quiet", "process_state", "__init__"}


def test_explorers_know_only_the_ladder_of_the_checks():
    for name in MODULES:
        if name.startswith("explorers"):
            checks = {each for each in imported_by(name) if each.startswith("checks")}
            assert checks <= {"checks.ladder"}, name


def test_grading_is_imported_by_nobody_else():
    for name in PATHS:
        if not name.startswith("grading"):
            assert not {each for each in imported_by(name) if each.startswith("grading")}, name


def test_the_table_of_names_imports_quantize_and_the_list_of_explorers_only():
    assert imported_by("__init__") == {"quantize", "explorers"}


# How long


OWN = [name for name in MODULES if name.split(".")[0] not in ("explorers", "checks", "grading")]


@pytest.mark.parametrize("name", OWN)
def test_files_and_functions_are_short(name):
    source = PATHS[name].read_text()
    assert source.count("\n") <= 450
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef):
            documented = ast.get_docstring(node) is not None and len(node.body) > 1
            first = node.body[1 if documented else 0]
            assert node.end_lineno - first.lineno < 30, node.name
