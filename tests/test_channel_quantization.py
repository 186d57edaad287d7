"""The explorer of channel-wise quantization, and the photos that lesson 03's tests judge by."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.cluster import KMeans, MiniBatchKMeans

import kquant_helpers as kq
from kquant_helpers.checks import channel_quantization as checks

SMALL = kq.load_photo("chelsea", (30, 40))
GRAY = kq.load_photo("camera", (30, 40))


def readouts(explorer, **state):
    return dict(explorer.render(state).readouts)


@pytest.mark.parametrize("k", [1, 4, 256])
def test_quantize_channels_of_a_student_and_of_the_package_look_alike(k):
    def quantize_channels(image, k):
        grays = [np.ascontiguousarray(image[..., i]) for i in range(3)]
        return np.dstack([kq.quantize(gray, k).image for gray in grays])

    own = kq.explore_channels(SMALL).render({"k": k})
    students = kq.explore_channels(SMALL, quantize_channels).render({"k": k})
    # Their tables may differ where the photo has no intensity.
    assert np.array_equal(own.after.image, students.after.image)
    assert (own.before, own.plots, own.readouts) == (
        students.before,
        students.plots,
        students.readouts,
    )


def test_the_readouts_tell_the_levels_and_the_gain_against_global():
    shown = readouts(kq.explore_channels(SMALL), k=2)
    result = kq.quantize(SMALL, 2, "channel").image
    for i, name in enumerate("RGB"):
        assert shown[f"Levels of {name}"] == ", ".join(map(str, np.unique(result[..., i])))
    own, shared = (
        np.mean((SMALL.astype(float) - kq.quantize(SMALL, 2, cut).image) ** 2)
        for cut in ("channel", "global")
    )
    assert shown["Mean squared error"] == f"{own:.1f}"
    assert shown["Error against global"].startswith(f"{100 * (1 - own / shared):.1f} % less")


def test_the_picture_on_the_left_is_the_original_or_the_globally_quantized():
    explorer = kq.explore_channels(SMALL)
    original, shared = (
        explorer.render({"k": 2, "left": left}).before
        for left in ("original", "global quantization")
    )
    assert original.png == kq.png_bytes(SMALL, fast=True)
    assert shared.png == kq.png_bytes(kq.quantize(SMALL, 2).image, fast=True)


def test_a_gray_photo_has_one_histogram_and_nothing_to_gain():
    view = kq.explore_channels(GRAY).render({"k": 3})
    assert len(view.plots) == 2
    assert dict(view.readouts)["Error against global"] == "0.0 % less (+0.0 dB)"


def test_one_color_has_no_error_channel_wise_even_at_one_level():
    plain = np.full((4, 5, 3), (0, 100, 200), dtype=np.uint8)
    shown = readouts(kq.explore_channels(plain), k=1)
    assert shown["PSNR"] == "infinite: no error"
    assert shown["Error against global"] == "100.0 % less"
    assert readouts(kq.explore_channels(plain), k=3)["Error against global"] == "global has none"


def one_run(start):
    """Return an answer to channel_levels by one run of k-means from a random start."""

    def channel_levels(image, k):
        model = KMeans(k, init="random", n_init=1, random_state=start)
        columns = [image[..., i].reshape(-1, 1) for i in range(3)]
        return np.sort([model.fit(each).cluster_centers_.ravel() for each in columns])

    return channel_levels


@settings(deadline=None, max_examples=20)
@given(k=st.sampled_from([3, 4]), start=st.integers(0, 10**6))
def test_one_run_of_k_means_passes_on_a_grouped_photo_from_any_start(k, start):
    assert checks.judge_levels(one_run(start), checks.grouped_photo(20, 30, k), k)


@settings(deadline=None, max_examples=20)
@given(start=st.integers(0, 10**6))
def test_one_run_of_k_means_passes_on_a_lopsided_photo_from_any_start(start):
    assert checks.judge_levels(one_run(start), checks.lopsided_photo(18, 25), 2)


@pytest.mark.parametrize("name", ["lopsided", "grouped"])
@pytest.mark.parametrize("seed", range(5))
def test_any_seed_of_mini_batch_k_means_passes_the_hidden_photos(name, seed):
    def channel_levels(image, k):
        model = MiniBatchKMeans(k, random_state=seed)
        columns = [image[..., i].reshape(-1, 1) for i in range(3)]
        return np.sort([model.fit(each).cluster_centers_.ravel() for each in columns])

    assert checks.more_channel_levels(
        channel_levels, (name, 2), (name, 3 if name == "grouped" else 1)
    )
