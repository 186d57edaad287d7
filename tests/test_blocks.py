"""The block explorer, the codebook mosaic, the comparison of learners, the judges of lesson 06."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.cluster import KMeans
from strategies import refusal

import kquant_helpers as kq
from kquant_helpers.checks import block_vector_quantization as checks
from kquant_helpers.checks.ladder import NotYet
from kquant_helpers.experiments import compare_learners
from kquant_helpers.explorers.frame import picture
from kquant_helpers.learners.centnn import CentroidNeuralNetwork

quickly = settings(deadline=None, max_examples=25)
RAMP = np.arange(256, dtype=np.uint8).reshape(16, 16)
SEEDED = ("k-means", "random-start k-means", "random")


def readouts(explorer, **state):
    return dict(explorer.render(state).readouts)


# The explorer


@pytest.mark.parametrize(("size", "k"), [(2, 16), (4, 64), (8, 8), (16, 512)])
def test_the_explorer_shows_what_quantize_returns(size, k):
    photo = kq.load_photo("camera", (128, 128), gray=True)
    quantized = kq.quantize(photo, k, "block", block_size=size)
    view = kq.explore_blocks("camera").render({"size": size, "k": k})
    assert view.after.png == picture(quantized.image, "", "").png
    bits = dict(view.readouts)["Bits per pixel, in all"]
    assert math.isclose(float(bits.split(",")[0]), kq.bits_per_pixel(quantized), abs_tol=6e-4)


def test_one_growth_serves_every_smaller_k():
    explorer = kq.explore_blocks("camera")
    grown = explorer.render({"learner": "centnn", "size": 8, "k": 16})
    blocks = kq.cut_image(kq.load_photo("camera", (128, 128), gray=True), "block", block_size=8)[0]
    network = CentroidNeuralNetwork(16).fit(blocks.astype(float))
    decoded = kq.decode(network.labels_, network.cluster_centers_)
    image = kq.join_vectors([decoded], (128, 128), "block", block_size=8)
    assert grown.after.png == picture(image, "", "").png


def test_growing_reports_its_progress_once_and_is_then_remembered():
    explorer = kq.explore_blocks(np.random.default_rng(5).integers(0, 256, (64, 64), np.uint8))
    state = explorer.start | {"learner": "centnn", "k": 32}
    heard = []
    explorer.prepare(state, lambda done, total: heard.append((done, total)))
    assert heard[0] == (2, 64) and heard[-1] == (64, 64)
    heard.clear()
    explorer.prepare(state | {"k": 64}, lambda done, total: heard.append((done, total)))
    assert heard == []


def test_the_uses_of_all_codewords_add_up_to_the_blocks():
    explorer = kq.explore_blocks("camera")
    total = 0
    for codeword in range(1, 9):
        shown = readouts(explorer, k=8, codeword=codeword)
        words = next(text for label, text in shown.items() if label.startswith("Codeword "))
        total += int(words.split("×")[0].removeprefix("used ").replace(",", ""))
    assert total == 1024


def test_a_codeword_beyond_the_last_one_is_the_last_one():
    explorer = kq.explore_blocks("camera")
    last, beyond = (explorer.render({"k": 4, "codeword": i}) for i in (4, 500))
    assert last == beyond


def test_a_constant_photo_has_one_codeword_and_no_error():
    explorer = kq.explore_blocks(np.full((128, 128), 9, np.uint8))
    for learner in ("k-means", "centnn"):
        shown = readouts(explorer, learner=learner)
        assert shown["PSNR"] == "infinite: no error"
        assert shown["Codeword 1 of 1"] == "used 1,024×, 100.0% of the blocks"


def test_a_students_codebook_and_the_packages_look_alike():
    own = kq.explore_blocks("camera").render({"k": 8})
    students = kq.explore_blocks("camera", kq.learn).render({"k": 8})
    assert own.after == students.after
    assert own.readouts == students.readouts


def test_a_students_codebook_of_a_wrong_shape_is_told_so_in_a_line():
    view = kq.explore_blocks("camera", lambda blocks, k: np.zeros((k, 3))).render()
    assert "(64, 3), but the shape (64, 16) is expected" in view.message


# The mosaic


@quickly
@given(st.integers(1, 40), st.integers(1, 5), st.booleans(), st.randoms())
def test_a_mosaic_holds_every_codeword_in_order(k, side, color, random):
    channels = 3 if color else 1
    generator = np.random.default_rng(random.randrange(1000))
    codebook = generator.integers(0, 256, (k, side * side * channels)).astype(float)
    mosaic = kq.codebook_mosaic(codebook)
    columns = (mosaic.shape[1] - 1) // (side + 1)
    for i, codeword in enumerate(codebook):
        y, x = 1 + (side + 1) * (i // columns), 1 + (side + 1) * (i % columns)
        tile = mosaic[y : y + side, x : x + side]
        assert np.array_equal(tile, np.broadcast_to(codeword.reshape(side, side, -1), tile.shape))


def test_a_mark_frames_its_codeword_and_changes_nothing_else_but_lines():
    codebook = np.zeros((6, 4))
    plain, marked = kq.codebook_mosaic(codebook), kq.codebook_mosaic(codebook, mark=4)
    changed = (plain != marked).any(axis=2)
    assert np.array_equal(np.argwhere(changed).min(axis=0), [3, 3])
    assert np.array_equal(np.argwhere(changed).max(axis=0), [6, 6])
    assert changed.sum() == 4 * 4 - 2 * 2


def test_codewords_that_are_no_squares_are_refused_in_a_sentence():
    message = refusal(ValueError, kq.codebook_mosaic, np.zeros((2, 5)))
    assert "5 entries" in message


# The comparison


def test_a_learner_that_draws_runs_once_a_seed_and_another_one_once():
    rows = compare_learners(RAMP, 4, ["random", "exact", "centnn"], seeds=(0, 1, 2, 3))
    assert [len(row.psnrs) for row in rows] == [4, 1, 1]
    assert [len(row.seconds) for row in rows] == [4, 1, 1]


def test_a_row_is_what_quantize_reaches_with_its_seeds():
    learners = {"any": "random-start k-means", "own": KMeans(n_init=2)}
    rows = compare_learners(RAMP, 3, learners, cut="block", block_size=2, seeds=(5, 8))
    for row, learner in zip(rows, learners.values(), strict=True):
        images = [
            kq.quantize(RAMP, 3, "block", learner, block_size=2, random_state=seed).image
            for seed in (5, 8)
        ]
        assert row.psnrs == tuple(kq.peak_snr(RAMP, image) for image in images)
        assert row.psnr == pytest.approx(np.mean(row.psnrs))
        assert row.spread == pytest.approx(abs(row.psnrs[0] - row.psnrs[1]))


@pytest.mark.parametrize("seeds", [(), "012", 3])
def test_a_comparison_without_seeds_is_refused_in_a_sentence(seeds):
    assert "try seeds=(0, 1, 2)" in refusal(
        (TypeError, ValueError), compare_learners, RAMP, 2, ["random"], seeds=seeds
    )


@pytest.mark.parametrize("learner", SEEDED)
def test_the_same_seed_gives_the_same_codebook(learner):
    vectors = kq.cut_image(RAMP, "block", block_size=2)[0]
    first, second = (kq.learn(vectors, 5, learner, random_state=3) for _ in range(2))
    assert np.array_equal(first, second)


# What the lesson judges


@pytest.mark.parametrize("seed", range(12))
def test_good_learners_pass_on_the_judged_blocks_and_a_random_start_fails(seed):
    blocks = checks.uneven_blocks(12, 16, 200, seed=seed % 4)

    def judge(learner):
        def learn_codebook(blocks, k, random_state=0):
            return kq.learn(blocks, k, learner, random_state=random_state)

        return checks.judge_codebook(learn_codebook, blocks, 12, "blocks", seed)

    for learner in ("k-means", "centnn", KMeans(n_init=10)):
        assert judge(learner)
    for learner in ("random", "random-start k-means"):
        with pytest.raises(NotYet, match="is accepted"):
            judge(learner)


@quickly
@given(st.integers(1, 4), st.integers(1, 4), st.integers(1, 5))
def test_what_the_checks_cut_is_what_the_package_cuts(rows, columns, size):
    image = np.random.default_rng(size).integers(0, 256, (rows * size, columns * size), np.uint8)
    assert checks.judge_blocks(
        lambda image, size: kq.cut_image(image, "block", block_size=size)[0], image, size
    )


def test_a_mistake_hidden_by_symmetry_is_not_called_correct():
    square = np.arange(16, dtype=np.uint8).reshape(4, 4)
    with pytest.raises(NotYet, match="rows and columns are swapped"):
        checks.judge_blocks(
            lambda image, size: kq.cut_image(image.T, "block", block_size=size)[0], square, 2
        )
