"""The block explorer, the codebook mosaic, the comparison of learners, the judges of lesson 06."""

import math
import re

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
from kquant_helpers.explorers.frame import Picked, picture
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
    for codeword in range(8):
        shown = readouts(explorer, k=8, pick=Picked(codeword))
        assert shown["Codeword picked"] == f"{codeword + 1} of 8"
        total += int(shown["It is used"].split("×")[0].replace(",", ""))
    assert total == 1024


def test_a_codeword_beyond_the_last_one_is_none():
    explorer = kq.explore_blocks("camera")
    assert explorer.render({"k": 4, "pick": Picked(500)}).lit is None


def test_a_constant_photo_has_one_codeword_and_no_error():
    explorer = kq.explore_blocks(np.full((128, 128), 9, np.uint8))
    for learner in ("k-means", "centnn"):
        shown = readouts(explorer, learner=learner, pick=Picked(0))
        assert shown["PSNR"] == "infinite: no error"
        assert shown["Codeword picked"] == "1 of 1"
        assert shown["It is used"] == "1,024×, 100.0% of the blocks"


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


def start_by(draw):
    """Return a ``spread_start`` that draws by ``draw(generator, squared distances)``."""

    def spread_start(blocks, k, random_state=0):
        generator = np.random.default_rng(random_state)
        blocks = blocks.astype(float)
        start = blocks[[generator.integers(len(blocks))]]
        while len(start) < k:
            distances = np.square(blocks[:, np.newaxis] - start).sum(axis=2)
            start = np.vstack([start, blocks[draw(generator, distances)]])
        return start

    return spread_start


def in_proportion(generator, distances, power=1.0):
    nearest = distances.min(axis=1) ** power
    return generator.choice(len(nearest), p=nearest / nearest.sum())


@pytest.mark.parametrize("first_seed", [0, 5_000, 70_000, 900_000])
def test_plain_starts_have_the_right_chances_whatever_the_seeds(first_seed):
    seeds = range(first_seed, first_seed + 400)
    assert checks.judge_chances(start_by(in_proportion), seeds)


@pytest.mark.parametrize("first_seed", [0, 5_000, 70_000])
@pytest.mark.parametrize(("power", "words"), [(0.5, "its square"), (2, "once more"), (0, "should")])
def test_other_chances_are_noticed_whatever_the_seeds(first_seed, power, words):
    seeds = range(first_seed, first_seed + 400)

    def draw(generator, distances):
        return in_proportion(generator, distances, power)

    def judged():
        checks.judge_chances(start_by(draw), seeds)

    # 0 to the power of 0 is 1, so equal codewords are drawn.
    assert re.search(words if power else "more than once", refusal(NotYet, judged))


def test_the_chances_of_all_starts_add_up_to_one_and_are_those_of_the_worked_example():
    spots = ((0, 0), (3, 4), (6, 8), (0, 10))
    kind = checks._Kind(spots, ("", "", "", ""), (1, 1, 1, 1), k=2)
    chances = checks._chances(kind, *checks._RULES["plain"][0](kind))
    assert math.isclose(sum(chances.values()), 1)
    from_first = 1 / 4 * 100 / 225
    from_third = 1 / 4 * 100 / (100 + 25 + 40)
    assert math.isclose(chances[0, 2], from_first + from_third)


def test_a_step_of_the_judge_is_a_step_of_k_means():
    blocks = checks.drawn_blocks(50, 4, seed=8)
    start = blocks[:5].astype(float)
    model = KMeans(5, init=start, n_init=1, max_iter=1).fit(blocks)
    moved = checks._step(blocks, start, kq.encode(blocks, start), start)
    assert np.allclose(moved, model.cluster_centers_)


# Splitting


def test_splitting_holds_the_codebook_of_every_smaller_k():
    blocks = kq.cut_image(kq.load_photo("camera", (64, 64), gray=True), "block")[0]
    grown, alone = (kq.Splitting(k).fit(blocks) for k in (40, 12))
    assert sorted(grown.codebooks_) == list(range(1, 41))
    assert np.array_equal(grown.codebooks_[12], alone.cluster_centers_)


def test_each_codeword_of_splitting_is_the_mean_of_its_samples():
    blocks = checks.drawn_blocks(300, 9, seed=5)
    grown = kq.Splitting(np.uint8(30)).fit(blocks)
    for i, codeword in enumerate(grown.cluster_centers_):
        assert np.allclose(codeword, blocks[grown.labels_ == i].mean(axis=0))
    nearest = np.square(blocks[:, np.newaxis] - grown.cluster_centers_).sum(axis=2).argmin(axis=1)
    assert np.array_equal(nearest, grown.labels_)


def test_splitting_ends_where_there_are_no_more_different_samples():
    grown = kq.Splitting(9).fit([[1.0, 2.0], [1.0, 2.0], [5.0, 5.0]])
    assert len(grown.cluster_centers_) == 2
    assert len(kq.learn(np.full((6, 4), 7, np.uint8), 3, kq.Splitting())) == 1


@pytest.mark.parametrize("k", [0, 2.5, "4"])
def test_splitting_refuses_a_count_that_is_none_in_a_sentence(k):
    assert refusal((TypeError, ValueError), kq.Splitting(k).fit, [[1.0], [2.0]])


# The judges of the blocks


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
