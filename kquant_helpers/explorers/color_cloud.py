"""The second explorer of lesson 04: a photo's colors as points in space, with a palette."""

from functools import lru_cache

import numpy as np

from kquant_helpers.codebooks import rounded_codebook
from kquant_helpers.counts import count_colors_used
from kquant_helpers.cuts import cut_image
from kquant_helpers.errors import squared_error
from kquant_helpers.explorers.frame import Choice, Explorer, Slider, View, colors_slider, picture
from kquant_helpers.explorers.palette import METHODS, indexed_photo, palette_plot
from kquant_helpers.explorers.subject import choose_subject
from kquant_helpers.quantize import quantize

_POINTS = 3000
_GRID = "levels per channel"
_SIDE = 560
_BACKGROUND = (150, 150, 150)
_OWN, _PALETTE, _NONE = "their own color", "their palette color", "nothing: palette alone"
_CORNERS = 255.0 * np.array([[i >> 2 & 1, i >> 1 & 1, i & 1] for i in range(8)])
_EDGES = [(i, i | bit) for i in range(8) for bit in (1, 2, 4) if not i & bit]
_NAMES = {0: "black", 1: "B", 2: "G", 4: "R", 7: "white"}

# The radius of a palette color that paints all pixels, and the smallest one, in pixels.
_LARGEST_RADIUS, _SMALLEST_RADIUS = 46, 5


def explore_color_cloud(photo=None):
    """Explore the color cloud: each pixel a point in RGB space, with a palette, to be turned.

    Lesson 04 introduces it.

    Parameters
    ----------
    photo : optional
        Anything that `kquant_helpers.load_photo` takes, in color. The default is a menu of
        samples.

    Returns
    -------
    Explorer
        Shows itself in a notebook.

    Examples
    --------
    >>> explore_color_cloud("flower").render({"k": 8}).readouts[1]
    ('Palette', '8 colors')
    """
    subject = choose_subject(photo)

    @lru_cache(32)
    def cloud(name, method, k):
        return _cloud(subject.image({"photo": name}), method, k)

    def draw(state):
        found = cloud(state.get("photo"), state["method"], state["k"])
        return _view(*found, state)

    controls = (
        *subject.controls,
        Choice("method", "Palette by", (*METHODS, _GRID), METHODS[0]),
        Choice("points", "Points show", (_OWN, _PALETTE, _NONE), _OWN),
        colors_slider(8),
        Slider("azimuth", "Turn", tuple(range(0, 360, 10)), 330, "{}°".format, play=True),
        Slider("elevation", "Tilt", tuple(range(-90, 91, 10)), 20, "{}°".format),
    )
    return Explorer("The color cloud", controls, draw)


def project(colors, azimuth, elevation):
    """Turn colors about the gray axis, tilt them, and look at them from the front.

    Black is at the bottom and white at the top as long as nothing is tilted.

    Parameters
    ----------
    colors : ndarray, shape (n, 3)
        RGB colors in 0..255.
    azimuth, elevation : float
        Degrees.

    Returns
    -------
    places : ndarray of float64, shape (n, 2)
        To the right and upwards, 0 at the center of the cube.
    depths : ndarray of float64, shape (n,)
        The larger, the nearer.

    Examples
    --------
    >>> places, _ = project(np.array([[0, 0, 0], [255, 255, 255]]), 30, 0)
    >>> np.rint(places).astype(int).tolist()
    [[0, -221], [0, 221]]
    """
    turn, tilt = np.radians([azimuth, elevation])
    axes = np.array([[2, -1, -1], [0, 3**0.5, -(3**0.5)], [2**0.5] * 3]) / 6**0.5
    x, y, z = axes @ (np.asarray(colors, dtype=float) - 127.5).T
    right, away = np.cos(turn) * x - np.sin(turn) * y, np.sin(turn) * x + np.cos(turn) * y
    up = np.cos(tilt) * z + np.sin(tilt) * away
    return np.stack([right, up], axis=1), np.sin(tilt) * z - np.cos(tilt) * away


def _cloud(image, method, k):
    """Return what a view needs but for the angles: sampled pixels, palette, plot, readouts."""
    indices, palette = _gridded(image, k) if method == _GRID else indexed_photo(image, k, method)
    (pixels,) = cut_image(image, "rgb")
    count = min(_POINTS, len(pixels))
    chosen = np.random.default_rng(0).choice(len(pixels), count, replace=False)
    shares = np.bincount(indices.ravel(), minlength=len(palette)) / indices.size
    error = squared_error(image, np.take(palette, indices, axis=0))
    readouts = (
        ("Points", f"{count:,} of {len(pixels):,} pixels"),
        ("Palette", _counted(palette, np.count_nonzero(shares))),
        ("Colors of the photo", f"{count_colors_used(image):,}"),
        ("Mean squared error", f"{error:.1f}"),
    )
    plot = palette_plot(indices, palette, "The palette, and how much each color paints")
    return pixels[chosen], indices.ravel()[chosen], palette, shares, plot, readouts


def _gridded(image, k):
    """Return indices and colors of the grid that levels per channel make, of k colors at most."""
    levels = 1
    while (levels + 1) ** 3 <= k:
        levels += 1
    quantized = quantize(image, levels, "channel")
    books = [rounded_codebook(book)[:, 0] for book in quantized.codebooks]
    palette = np.stack(np.meshgrid(*books, indexing="ij"), axis=-1).reshape(-1, 3)
    indices = np.moveaxis(np.asarray(quantized.indices), -1, 0).astype(np.int64)
    return np.ravel_multi_index(tuple(indices), [len(book) for book in books]), palette


def _counted(palette, used):
    colors = f"{len(palette)} color{'' if len(palette) == 1 else 's'}"
    return colors if used == len(palette) else f"{colors}, {used} in use"


def _view(pixels, indices, palette, shares, plot, readouts, state):
    angles = state["azimuth"], state["elevation"]
    painted = {_OWN: pixels, _PALETTE: palette[indices], _NONE: pixels[:0]}[state["points"]]
    shown = pixels[: len(painted)]
    image = _drawn(shown, painted, palette, shares, angles)
    alt = (
        f"The color cube, turned by {angles[0]}° and tilted by {angles[1]}°, with "
        f"{len(shown)} pixels as points and {len(palette)} palette colors as discs"
    )
    caption = "Points are pixels, discs the palette: the larger, the more it paints"
    return View(
        after=picture(image, caption, alt),
        plots=(plot,),
        readouts=(*readouts, ("View", f"turned {angles[0]}°, tilted {angles[1]}°")),
    )


def _drawn(points, colors, palette, shares, angles):
    """Draw the cube, the points and the palette, what is nearer over what is further."""
    from PIL import Image, ImageDraw

    canvas = Image.new("RGB", (_SIDE, _SIDE), _BACKGROUND)
    _draw_cube(ImageDraw.Draw(canvas), angles)
    image = np.array(canvas)
    _draw_points(image, points, colors, angles)
    canvas = Image.fromarray(image)
    _draw_palette(ImageDraw.Draw(canvas), palette, shares, angles)
    return np.array(canvas)


def _on_canvas(colors, angles):
    places, depths = project(colors, *angles)
    scale = 0.45 * _SIDE / 221
    return _SIDE / 2 + scale * places * [1, -1], depths


def _draw_cube(draw, angles):
    corners, _ = _on_canvas(_CORNERS, angles)
    for i, j in _EDGES:
        draw.line([*corners[i], *corners[j]], fill=(90, 90, 90))
    outwards, _ = _on_canvas(127.5 + 1.08 * (_CORNERS - 127.5), angles)
    for i, name in _NAMES.items():
        draw.text(tuple(outwards[i]), name, fill=(0, 0, 0), anchor="mm", font_size=16)


def _draw_points(image, points, colors, angles):
    places, depths = _on_canvas(points, angles)
    order = np.argsort(depths)
    columns, rows = np.rint(places[order]).astype(int).T
    for down in (0, 1, 2):
        for right in (0, 1, 2):
            image[rows + down - 1, columns + right - 1] = colors[order]


def _draw_palette(draw, palette, shares, angles):
    places, depths = _on_canvas(palette, angles)
    radii = np.maximum(_LARGEST_RADIUS * np.sqrt(shares), _SMALLEST_RADIUS)
    for i in np.argsort(depths):
        (x, y), radius = places[i], radii[i]
        for grow, ring in ((2, (0, 0, 0)), (1, (255, 255, 255))):
            box = [x - radius - grow, y - radius - grow, x + radius + grow, y + radius + grow]
            draw.ellipse(box, fill=ring)
        box = [x - radius, y - radius, x + radius, y + radius]
        # A color that no pixel has is a ring.
        draw.ellipse(box, fill=tuple(map(int, palette[i])) if shares[i] else _BACKGROUND)
