"""The third explorer of lesson 08: a code tree that grows as the two rarest groups are merged."""

import html

import numpy as np

from kquant_helpers.checks.ladder import ask
from kquant_helpers.explorers.frame import Explorer, Slider, View, picture
from kquant_helpers.explorers.index_price import step_levels
from kquant_helpers.explorers.plots import INK, svg
from kquant_helpers.explorers.subject import choose_small_gray
from kquant_helpers.looks import look_of
from kquant_helpers.sizes import index_bits, index_entropy

_MOST = 8
_WIDTH, _LEAF_ROW, _ROW = 420, 56, 34
_DISK, _BIT = look_of("rgb").color, look_of("yours").color

# So many neighboring pixels are read as a sentence.
_WORDS = 16


def explore_code_tree(photo=None, functions=None):
    """Explore how a code is found for the indices of a small photo, and use it for a sentence.

    Lesson 08 introduces it.

    Parameters
    ----------
    photo : optional
        Anything that `kquant_helpers.load_photo` takes; it is made small and gray. The default
        is a menu of samples.
    functions : tuple of four callables, optional
        A student's ``huffman_lengths``, ``prefix_code``, ``encode_bits`` and ``decode_bits``.

    Returns
    -------
    Explorer
        Shows itself in a notebook.

    Examples
    --------
    >>> explore_code_tree("camera").render({"k": 4, "merges": 0}).readouts[0]
    ('Groups', '4')
    """
    subject = choose_small_gray(photo, ("rocket", "camera", "flower", "chelsea", "china"))
    ks = Slider("k", "Equal steps k", tuple(range(2, _MOST + 1)), 6)
    merges = Slider("merges", "Merges", tuple(range(_MOST)), 0, play=True, interval=1200)
    controls = (*subject.controls, ks, *(() if functions else (merges,)))

    def draw(state):
        image = subject.image(state)
        counts = np.bincount(image.ravel(), minlength=256)
        levels, table = step_levels(counts, state["k"], means=True)
        indices = table[image]
        members = np.bincount(indices.ravel(), minlength=state["k"])
        if functions is None:
            page = _growing(members, state["merges"], indices)
        else:
            page = _written(members, indices, functions)
        result = np.rint(levels).astype(np.uint8)[indices]
        after = picture(result, f"{state['k']} equal steps", "The photo in equal steps")
        return View(drawing=page[0], readouts=page[1], extras=(after,))

    title = "A code tree" + (": your four functions" if functions else " grows")
    return Explorer(title, controls, draw, live=functions is None)


def _growing(counts, merges, indices):
    """Return the drawing and the readouts after some merges."""
    nodes = [(int(counts[i]), int(i)) for i in np.flatnonzero(counts)]
    groups, order = list(nodes), _order(_merged(nodes, len(nodes)))
    groups = _merged(nodes, merges)
    code = _codes(groups[0][1]) if len(groups) == 1 else {}
    if len(nodes) == 1:
        code = {nodes[0][1]: "0"}
    done = bool(code)
    drawing = _tree_svg(groups, order, counts, code)
    readouts = [("Groups", str(len(groups)))]
    if len(groups) > 1:
        two = sorted(groups, key=lambda group: group[0])[:2]
        readouts.append(("Merged next", " and ".join(_members(group[1]) for group in two)))
    words = [code.get(i, "") for i in range(len(counts))] if done else None
    return drawing, (*readouts, *_size_readouts(counts, words), *_sentence(indices, words))


def _merged(nodes, merges):
    """Merge the two rarest groups so many times, or until one is left."""
    groups = list(nodes)
    for _ in range(min(merges, len(nodes) - 1)):
        groups.sort(key=lambda group: (group[0], _order([group])))
        (a, first), (b, second), *rest = groups
        groups = [*rest, (a + b, (second, first))]
    return groups


def _order(groups):
    """Return the symbols of some groups from left to right."""
    return [leaf for _, node in groups for leaf in _leaves(node)]


def _leaves(node):
    if not isinstance(node, tuple):
        return [] if node is None else [node]
    return [leaf for child in node for leaf in _leaves(child)]


def _members(node):
    return "{" + ", ".join(map(str, sorted(_leaves(node)))) + "}"


def _codes(node, word=""):
    if not isinstance(node, tuple):
        return {} if node is None else {node: word or "0"}
    return _codes(node[0], word + "0") | _codes(node[1], word + "1")


def _written(counts, indices, functions):
    """Return the drawing and the readouts of a student's code."""
    huffman_lengths, prefix_code, encode_bits, decode_bits = functions
    lengths = ask("huffman_lengths", huffman_lengths, counts, shown="huffman_lengths(counts)")
    lengths = np.asarray(lengths.is_array(counts.shape, whole=True).value).astype(int)
    answer = ask("prefix_code", prefix_code, lengths, shown="prefix_code(lengths)")
    code = [str(word) for word in answer.is_tuple(len(counts), "a string for each length").value]
    flat = indices.ravel().astype(np.int64)
    bits = ask("encode_bits", encode_bits, flat, code, shown="encode_bits(indices, code)").value
    bits = str(bits)
    back = ask("decode_bits", decode_bits, bits, code, shown="decode_bits(bits, code)").value
    node = _trie({i: word for i, word in enumerate(code) if word})
    drawing = _tree_svg([(int(counts.sum()), node)], _leaves(node), counts, dict(enumerate(code)))
    readouts = (
        ("Your encode_bits writes", f"{len(bits):,} bits for {flat.size:,} indices"),
        ("Your decode_bits brings back", "all of them" if np.array_equal(back, flat) else "others"),
        *_size_readouts(counts, code),
        *_sentence(indices, code),
    )
    return drawing, readouts


def _trie(code):
    """Return the tree of a code: nested pairs, None where there is room."""
    if not code:
        return None
    ends = [symbol for symbol, word in code.items() if not word]
    if ends:
        return ends[0]
    return tuple(_trie({s: w[1:] for s, w in code.items() if w[0] == bit}) for bit in "01")


def _size_readouts(counts, code):
    bits = index_entropy(np.repeat(np.arange(len(counts)), counts))
    flat = index_bits(int(np.count_nonzero(counts)))
    readouts = [("Bits per index, all alike", str(flat)), ("Entropy", f"{bits:.3f}")]
    if code is not None:
        mean = sum(len(word) * int(n) for word, n in zip(code, counts, strict=True)) / counts.sum()
        readouts.insert(1, ("Bits per index, this code", f"{mean:.3f}"))
    return tuple(readouts)


def _sentence(indices, code):
    """Say some neighboring pixels in the code: where they change most often."""
    changes = np.cumsum(np.diff(indices, axis=1) != 0, axis=1)
    often = changes[:, _WORDS:] - changes[:, :-_WORDS]
    row, column = np.unravel_index(often.argmax(), often.shape)
    some = indices[row, column + 1 : column + 1 + _WORDS]
    readouts = [(f"{_WORDS} pixels of row {row}", " ".join(map(str, some)))]
    if code is not None:
        readouts.append(("In this code", " ".join(code[i] for i in some)))
    return tuple(readouts)


def _tree_svg(groups, order, counts, code):
    """Draw groups as trees over their leaves, the leaves in an order that crosses no lines."""
    columns = {
        leaf: (i + 0.5) * _WIDTH / max(len(order), 1)
        for i, leaf in enumerate(order or range(len(counts)))
    }
    tallest = len(order) + 1
    base = 24 + _ROW * min(tallest, 7)
    parts = [_node_svg(node, columns, base, _height(node))[0] for _, node in groups]
    total = counts.sum()
    for leaf, x in columns.items():
        word = html.escape(code.get(leaf, ""))
        parts.append(
            f'<g transform="translate({x:.0f} {base})" text-anchor="middle" fill="currentColor">'
            f'<circle r="11" fill="{_DISK}"/><text y="4" font-size="12" fill="#fff">{leaf}</text>'
            f'<text y="28" font-size="11">{counts[leaf] / total:.1%}</text>'
            f'<text y="46" font-size="13" font-family="monospace">{word}</text></g>'
        )
    alt = "A forest of " + ", ".join(_members(node) for _, node in groups if node is not None)
    if code:
        alt = "A code tree: " + ", ".join(f"{i} is {w or 'absent'}" for i, w in code.items())
    return svg("".join(parts), alt, width=_WIDTH, height=base + _LEAF_ROW)


def _height(node):
    return 1 + max(map(_height, node)) if isinstance(node, tuple) else 0


def _node_svg(node, columns, base, height):
    """Return the drawing of a node and all below it, and where the node stands."""
    if not isinstance(node, tuple):
        return "", None if node is None else (columns[node], base)
    y = base - _ROW * min(height, 6.5)
    drawn = [_node_svg(child, columns, base, _height(child)) for child in node]
    places = [place for _, place in drawn if place]
    x = sum(place[0] for place in places) / len(places)
    lines = []
    for bit, (_, place) in zip("01", drawn, strict=True):
        if place:
            lines.append(
                f'<path d="M{x:.0f} {y:.0f}L{place[0]:.0f} {place[1]:.0f}" stroke="{INK}" '
                f'stroke-width="1.5"/><text x="{(x + place[0]) / 2 - 9:.0f}" '
                f'y="{(y + place[1]) / 2:.0f}" font-size="12" fill="{_BIT}">{bit}</text>'
            )
    below = "".join(part for part, _ in drawn)
    dot = f'<circle cx="{x:.0f}" cy="{y:.0f}" r="5" fill="{INK}"/>'
    return below + "".join(lines) + dot, (x, y)
