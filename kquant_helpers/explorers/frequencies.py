"""The first explorer of lesson 09: blocks as frequencies, each divided by a step and rounded."""

from functools import lru_cache

import numpy as np
from scipy.fft import dctn, idctn

from kquant_helpers.checks.ladder import ask
from kquant_helpers.explorers.frame import Choice, Explorer, Later, Pick, Slider, View, picture
from kquant_helpers.explorers.gray import choose_gray
from kquant_helpers.explorers.plots import svg
from kquant_helpers.explorers.readouts import error_readouts, in_kilobytes
from kquant_helpers.frequencies import jpeg_table
from kquant_helpers.looks import look_of

_TABLES = {"JPEG's": jpeg_table(50), "flat": np.full((8, 8), 16)}
_OWN = (
    "blocks_to_coefficients",
    "coefficients_to_blocks",
    "zigzag",
    "quality_table",
    "quantize_coefficients",
    "dequantize_coefficients",
    "coefficient_bits",
)


def explore_frequencies(photo=None, functions=None):
    """Explore a gray photo in frequencies: by quality, by number of coefficients, block by block.

    Lesson 09 introduces it.

    Parameters
    ----------
    photo : optional
        Anything that `kquant_helpers.load_photo` takes; it is made gray. The default is a menu
        of samples.
    functions : tuple of seven callables, optional
        A student's ``blocks_to_coefficients``, ``coefficients_to_blocks``, ``zigzag``,
        ``quality_table``, ``quantize_coefficients``, ``dequantize_coefficients`` and
        ``coefficient_bits``.

    Returns
    -------
    Explorer
        Shows itself in a notebook.

    Examples
    --------
    >>> explore_frequencies("camera").render({"quality": 50}).readouts[0]
    ('PSNR', '32.6 dB')
    """
    subject = choose_gray(photo)
    chain = _Own() if functions is None else _Students(*functions)
    controls = (
        *subject.controls,
        Choice("table", "Table", tuple(_TABLES), "JPEG's"),
        Slider("quality", "Quality", tuple(range(1, 101)), 50),
        Slider("kept", "Coefficients kept", tuple(range(1, 65)), 64),
        Pick(label="Block"),
    )

    def draw(state):
        return _view(subject, state, chain)

    title = "A photo in frequencies" + (": your seven functions" if functions else "")
    return Explorer(title, controls, draw, live=functions is None)


class _Own:
    """The chain of the package's own functions."""

    def coefficients(self, image):
        return _coefficients(image.tobytes(), image.shape)

    def statistics(self, image, coefficients):
        return _kept_statistics(image.tobytes(), image.shape)

    def table(self, base, quality):
        scale = 5000 // quality if quality < 50 else 200 - 2 * quality
        return np.clip((base * scale + 50) // 100, 1, 255)

    def order(self):
        return _ZIGZAG

    def quantize(self, coefficients, table):
        return np.rint(coefficients / table.ravel()).astype(np.int16)

    def dequantize(self, quantized, table):
        return quantized * table.ravel().astype(np.float32)

    def blocks(self, coefficients):
        cut = coefficients.reshape(-1, 8, 8)
        return idctn(cut, axes=(1, 2), norm="ortho", overwrite_x=True).reshape(-1, 64) + 128

    def bits(self, quantized):
        return column_bits(quantized)


class _Students:
    """The chain of a student's functions, each checked for its kind."""

    def __init__(self, forth, back, order, table, quantize, dequantize, bits):
        self._functions = dict(
            zip(_OWN, (forth, back, order, table, quantize, dequantize, bits), strict=True)
        )

    def _array(self, name, shape, given, *arguments):
        answer = ask(name, self._functions[name], *arguments, shown=f"{name}({given})")
        return np.asarray(answer.is_array(shape).value)

    def coefficients(self, image):
        blocks = _cut(image)
        return self._array("blocks_to_coefficients", blocks.shape, "blocks", blocks)

    def statistics(self, image, coefficients):
        return _statistics(coefficients)

    def table(self, base, quality):
        shown = f"base, {quality}"
        return self._array("quality_table", (8, 8), shown, base.astype(np.int64), quality)

    def order(self):
        order = self._array("zigzag", (64,), "8", 8).astype(int)
        return order if np.array_equal(np.sort(order), np.arange(64)) else np.arange(64)

    def quantize(self, coefficients, table):
        name, shown = "quantize_coefficients", "coefficients, table"
        return self._array(name, coefficients.shape, shown, coefficients, table)

    def dequantize(self, quantized, table):
        name, shown = "dequantize_coefficients", "quantized, table"
        return self._array(name, quantized.shape, shown, quantized, table)

    def blocks(self, coefficients):
        name, shown = "coefficients_to_blocks", "coefficients"
        return self._array(name, coefficients.shape, shown, coefficients)

    def bits(self, quantized):
        name = "coefficient_bits"
        answer = ask(name, self._functions[name], quantized, shown=f"{name}(quantized)")
        return float(answer.is_number().value)


def column_bits(quantized):
    """Return the entropy of each column of integers, summed and divided by their number.

    Parameters
    ----------
    quantized : ndarray of integers, shape (m, d)
        Quantized coefficients.

    Returns
    -------
    float

    Examples
    --------
    >>> column_bits(np.array([[1, 7], [-1, 7]]))
    0.5
    """
    m, d = quantized.shape
    low = int(quantized.min())
    span = int(quantized.max()) - low + 1
    places = (quantized.astype(np.int32) - low) + span * np.arange(d, dtype=np.int32)
    shares = np.bincount(places.ravel(), minlength=1) / m
    shares = shares[shares > 0]
    return float(abs(shares @ np.log2(shares))) / d


def _zigzag():
    row, column = np.indices((8, 8)).reshape(2, -1)
    return np.lexsort((np.where((row + column) % 2, row, -row), row + column))


_ZIGZAG = _zigzag()


def _cut(image):
    """Return the blocks of a photo, its last row and column repeated until they fit."""
    height, width = image.shape
    padded = np.pad(image, ((0, -height % 8), (0, -width % 8)), mode="edge")
    rows, columns = (side // 8 for side in padded.shape)
    return padded.reshape(rows, 8, columns, 8).swapaxes(1, 2).reshape(-1, 64)


def _join(blocks, shape):
    rows, columns = (-(-side // 8) for side in shape)
    image = blocks.reshape(rows, columns, 8, 8).swapaxes(1, 2).reshape(8 * rows, 8 * columns)
    return np.ascontiguousarray(image[: shape[0], : shape[1]])


@lru_cache(maxsize=8)
def _coefficients(data, shape):
    """Return the coefficients of a photo, which no slider changes."""
    blocks = _cut(np.frombuffer(data, np.uint8).reshape(shape)).astype(np.float32) - 128
    result = dctn(blocks.reshape(-1, 8, 8), axes=(1, 2), norm="ortho").reshape(-1, 64)
    result.setflags(write=False)
    return result


def _view(subject, state, chain):
    image = subject.image(state)
    coefficients, order = chain.coefficients(image), chain.order()
    table = chain.table(_TABLES[state["table"]], state["quality"])
    quantized = chain.quantize(coefficients, table)
    if state["kept"] < 64:
        quantized = quantized.copy()
        quantized[:, order[state["kept"] :]] = 0
    blocks = chain.blocks(chain.dequantize(quantized, table))
    decoded = np.clip(np.rint(blocks), 0, 255).astype(np.uint8)
    result = _join(decoded, image.shape)
    variances, busiest = chain.statistics(image, coefficients)
    chosen = _block_at(state["pick"], image.shape, busiest)
    bits = chain.bits(quantized)
    words = f"{state['table']} table, quality {state['quality']}"
    words += "" if state["kept"] == 64 else f", {state['kept']} of 64 coefficients"
    after = picture(result, words, f"The photo from its frequencies: {words}")
    return View(
        before=subject.before(state),
        after=after,
        plots=(
            blocks_svg(_cut(image)[chosen], decoded[chosen], variances),
            grid_svg(coefficients[chosen], "Its 64 coefficients", digits=0),
            grid_svg(quantized[chosen], f"Divided and rounded, {state['kept']} kept"),
        ),
        readouts=(
            *error_readouts(image, result)[2:],
            ("SSIM", Later(lambda: _ssim(image, result))),
            ("Coefficients kept", f"{state['kept']} of 64"),
            ("Indices that are 0", f"{np.count_nonzero(quantized == 0) / quantized.size:.1%}"),
            ("Bits per pixel, entropy", f"{bits:.3f}"),
            ("In bytes", in_kilobytes(bits * image.size / 8)),
            ("A real JPEG", Later(lambda: _real_jpeg(image, state))),
            ("Block at", _place_text(chosen, image.shape)),
            ("Zig-zag", _in_order(quantized[chosen][order])),
            ("Zeros at its end", str(_zeros_at_end(quantized[chosen][order]))),
        ),
    )


@lru_cache(maxsize=8)
def _kept_statistics(data, shape):
    return _statistics(_coefficients(data, shape))


def _statistics(coefficients):
    """Return the variance of each frequency, and the block with the most besides its mean."""
    squares = np.asarray(coefficients[:, 1:], dtype=float) ** 2
    return np.asarray(coefficients, dtype=float).var(axis=0), int(squares.sum(axis=1).argmax())


def _block_at(picked, shape, otherwise):
    """Return the number of the block that was picked, or another one."""
    if picked is None or picked.row is None or picked.row >= shape[0] or picked.column >= shape[1]:
        return otherwise
    return picked.row // 8 * -(-shape[1] // 8) + picked.column // 8


def _place_text(chosen, shape):
    row, column = divmod(chosen, -(-shape[1] // 8))
    return f"row {8 * row}, column {8 * column}"


def _zeros_at_end(indices):
    return 64 - (int(np.flatnonzero(indices)[-1]) + 1 if np.any(indices) else 0)


def blocks_svg(before, after, variances):
    """Draw the 64 pixels of a block before and after, and a map of all frequencies' variances.

    Parameters
    ----------
    before, after : ndarray of uint8, shape (64,)
        A block's pixels, row by row.
    variances : ndarray, shape (64,)
        The variance of each frequency over all blocks.

    Returns
    -------
    str
        An SVG element with its text alternative.

    Examples
    --------
    >>> blocks_svg(np.zeros(64, np.uint8), np.zeros(64, np.uint8), np.ones(64))[:4]
    '<svg'
    """
    logs = np.log2(1 + variances)
    shades = np.rint(255 * logs / max(logs.max(), 1e-9)).astype(int)
    share = variances[0] / max(variances.sum(), 1e-9)
    titles = ("The block picked", "What comes back", f"Variances, {share:.0%} DC")
    parts = []
    for i, (values, title) in enumerate(zip((before, after, shades), titles, strict=True)):
        parts.append(f'<text x="{4 + 106 * i}" y="11">{title}</text>')
        parts += [
            f'<rect x="{4 + 106 * i + 12 * (j % 8)}" y="{17 + 12 * (j // 8)}" width="12" '
            f'height="12" fill="rgb({v},{v},{v})"/>'
            for j, v in enumerate(np.asarray(values).tolist())
        ]
    content = f'<g font-size="9" fill="currentColor">{"".join(parts)}</g>'
    alt = (
        f"The block's 64 pixels before and after, and a map of the variances of the 64 "
        f"frequencies: {share:.0%} at the top left"
    )
    return svg(content, alt, height=116)


def _ssim(image, result):
    from kquant_helpers.errors import ssim

    return f"{ssim(image, result):.3f}" if min(image.shape) >= 7 else "needs 7 × 7 pixels"


def _real_jpeg(image, state):
    if state["table"] != "JPEG's" or state["kept"] < 64:
        return "only for JPEG's table, with all 64"
    from kquant_helpers.errors import peak_snr
    from kquant_helpers.formats import encoded_bytes
    from kquant_helpers.photos import load_photo

    file = encoded_bytes(image, "JPEG", state["quality"])
    psnr = peak_snr(image, load_photo(file, gray=True))
    return f"{in_kilobytes(len(file))}, {psnr:.2f} dB"


def _in_order(indices):
    last = 64 - _zeros_at_end(indices)
    some = " ".join(str(int(i)) for i in indices[: min(last, 9)])
    return (some or "0") + (" …" if last > 9 else "")


def grid_svg(values, title, *, digits=0):
    """Draw 64 numbers as a table of 8 × 8, the darker the larger, with a sign for each.

    Parameters
    ----------
    values : array_like, shape (64,)
        The numbers, row by row.
    title : str
        What stands above.
    digits : int
        Decimals.

    Returns
    -------
    str
        An SVG element with its text alternative.

    Examples
    --------
    >>> grid_svg(np.zeros(64), "Nothing").startswith("<svg")
    True
    """
    values = np.asarray(values, dtype=float)
    top = max(abs(values).max(), 1)
    cells = []
    for i, value in enumerate(values):
        x, y = 4 + i % 8 * 39, 17 + i // 8 * 14
        look = look_of("B" if value > 0 else "block")
        strength = np.log1p(abs(value)) / np.log1p(top) * 0.45
        fade = 1 if abs(value) >= 0.5 else 0.45
        cells.append(
            f'<rect x="{x}" y="{y}" width="38" height="13" fill="{look.color}" '
            f'opacity="{strength:.2f}"/><text x="{x + 19}" y="{y + 10}" opacity="{fade}">'
            f"{value:.{digits}f}</text>"
        )
    nonzero = int(np.count_nonzero(np.abs(values) >= 0.5))
    content = (
        f'<text x="4" y="12" font-size="12" fill="currentColor">{title}</text>'
        f'<g font-size="10" text-anchor="middle" fill="currentColor">{"".join(cells)}</g>'
    )
    alt = f"{title}: {nonzero} of 64 numbers are not 0, the largest is {values.max():.0f}"
    return svg(content.replace(">-0<", ">0<"), alt, height=132)
