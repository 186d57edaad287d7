"""The second explorer of lesson 09: coarse color against coarse brightness."""

from functools import lru_cache

import numpy as np

from kquant_helpers.explorers.frame import Explorer, Later, Slider, View, picture
from kquant_helpers.explorers.readouts import error_readouts
from kquant_helpers.explorers.subject import choose_subject

# From R, G, B to Y, Cb, Cr, as in JPEG's file format; 128 is added to the last two.
_TO_Y = np.array(
    [[0.299, 0.587, 0.114], [-0.168736, -0.331264, 0.5], [0.5, -0.418688, -0.081312]], np.float32
)
_TO_RGB = np.linalg.inv(_TO_Y).astype(np.float32)
_SIDES = (1, 2, 4, 8, 16)


def explore_chroma(photo=None):
    """Explore which part of a color photo may be coarse: its brightness, or its color.

    Lesson 09 introduces it.

    Parameters
    ----------
    photo : optional
        Anything that `kquant_helpers.load_photo` takes. The default is a menu of samples.

    Returns
    -------
    Explorer
        Shows itself in a notebook.

    Examples
    --------
    >>> explore_chroma("china").render({"chroma": 2}).readouts[0]
    ('Numbers kept for 100 pixels', '150 of 300')
    """
    subject = choose_subject(photo, ("coffee", "china", "flower", "astronaut", "chelsea"))
    controls = (
        *subject.controls,
        Slider("chroma", "Color: one for", _SIDES, 2, text=_pixels_text),
        Slider("luma", "Brightness: one for", _SIDES, 1, text=_pixels_text),
    )

    def draw(state):
        image = _colored(subject.image(state))
        planes = _planes(image.tobytes(), image.shape)
        result = _joined(planes, state["luma"], state["chroma"])
        return _view(subject.before(state), image, result, state)

    return Explorer("Brightness and color", controls, draw)


def _pixels_text(side):
    return "each pixel" if side == 1 else f"{side} × {side} pixels"


def _colored(image):
    return image if image.ndim == 3 else np.stack([image] * 3, axis=-1)


@lru_cache(maxsize=4)
def _planes(data, shape):
    """Return brightness and the two differences of color, each of shape (height, width)."""
    image = np.frombuffer(data, np.uint8).reshape(shape)
    return tuple(np.moveaxis(image.astype(np.float32) @ _TO_Y.T, -1, 0))


def _joined(planes, luma, chroma):
    coarse = [
        _coarse(plane, side) for plane, side in zip(planes, (luma, chroma, chroma), strict=True)
    ]
    colors = np.stack(coarse, axis=-1) @ _TO_RGB.T
    return np.clip(np.rint(colors), 0, 255).astype(np.uint8)


def _coarse(plane, side):
    """Replace each square of so many pixels by its mean; the last ones may be cut short."""
    if side == 1:
        return plane
    height, width = plane.shape
    padded = np.pad(plane, ((0, -height % side), (0, -width % side)), mode="edge")
    rows, columns = (length // side for length in padded.shape)
    means = padded.reshape(rows, side, columns, side).mean(axis=(1, 3))
    return means.repeat(side, axis=0).repeat(side, axis=1)[:height, :width]


def _view(before, image, result, state):
    kept = 100 / state["luma"] ** 2 + 200 / state["chroma"] ** 2
    words = (
        f"color for {_pixels_text(state['chroma'])}, brightness for {_pixels_text(state['luma'])}"
    )
    if before.image.ndim == 2:
        before = picture(image, before.caption, before.alt)
    return View(
        before=before,
        after=picture(result, words, f"The photo with {words}"),
        readouts=(
            ("Numbers kept for 100 pixels", f"{kept:.4g} of 300"),
            *error_readouts(image, result)[1:],
            ("SSIM", Later(lambda: _ssim(image, result))),
        ),
    )


def _ssim(image, result):
    from kquant_helpers.errors import ssim

    return f"{ssim(image, result):.3f}" if min(image.shape[:2]) >= 7 else "needs 7 × 7 pixels"
