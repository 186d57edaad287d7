"""Guesses: a small form before a slider is touched, and the guess beside what was measured.

Nothing is scored, and nothing is written into the notebook: guesses live in the kernel.
"""

import html
import math
import numbers

from kquant_helpers import door

# A guess stays here until the kernel ends.
_GUESSES = {}


def predict(key, question, choices=()):
    """Ask for a guess; `measured` sets it beside the measured value later.

    Lesson 00 introduces it.

    Parameters
    ----------
    key : str
        A short name for the guess.
    question : str
        What is asked.
    choices : sequence of str
        What can be chosen. Without choices a number is asked for.

    Returns
    -------
    ipywidgets.VBox
        The form; it works with the keyboard.

    Raises
    ------
    TypeError
        Where one of these is no text, or the choices are one.

    Examples
    --------
    >>> form = predict("colors", "With two levels, how many colors can there be?")
    >>> form.children[1].value = "8"
    >>> measured("colors", 8)
    Your guess: 8. Measured: 8.
    """
    import ipywidgets as widgets

    key, choices = door.text(key, "key", '"colors"'), _texts(choices)
    question = door.text(question, "question", '"How many?"')
    field = _choice(widgets, choices) if choices else _number(widgets)
    if not choices or _GUESSES.get(key) in choices:
        field.value = _GUESSES.get(key, "")
    reply = widgets.HTML(_kept(_GUESSES.get(key)))

    def keep(change):
        _GUESSES[key] = change["new"]
        reply.value = _kept(change["new"])

    field.observe(keep, names="value")
    words = widgets.HTML(f"<b>{html.escape(question)}</b>")
    return widgets.VBox([words, field, reply])


def measured(key, value, remark=""):
    """Set a guess beside what was measured.

    Parameters
    ----------
    key : str
        The name that `predict` was given.
    value : number or str
        What was measured.
    remark : str
        A sentence that follows.

    Examples
    --------
    >>> measured("the weather", "rain", "It often does.")
    No guess yet (the form above keeps it). Measured: rain. It often does.
    """
    guess = _GUESSES.get(door.text(key, "key", '"colors"'))
    remark = door.text(remark, "remark", 'remark="As many as there are levels."')
    told = f"Your guess: {guess}." if guess else "No guess yet (the form above keeps it)."
    print(f"{told} Measured: {_number_text(value)}.{' ' + remark if remark else ''}")


def _texts(choices):
    if isinstance(choices, tuple) and not choices:
        return ()
    found = door.listed(choices, "choices", "texts", 'choices=("few", "many")')
    return tuple(door.text(each, "A choice", '"few"') for each in found)


def _choice(widgets, choices):
    # The labels are the choices themselves; nothing is chosen before somebody does.
    return widgets.RadioButtons(options=choices, value=None, layout={"width": "max-content"})


def _number(widgets):
    return widgets.Text(placeholder="a number", continuous_update=False, layout={"width": "160px"})


def _kept(guess):
    return f"Kept: {html.escape(guess)}. You can change it." if guess else "No guess yet."


def _number_text(value):
    if isinstance(value, str):
        return value
    if not isinstance(value, numbers.Real) or 1e300 < abs(value) < math.inf:
        return door.quoted(value)
    value = float(value) if not isinstance(value, numbers.Integral) else int(value)
    if not math.isfinite(value):
        return str(value)
    if float(value).is_integer():
        return f"{int(value):,}"
    return f"{value:,.4g}" if abs(value) < 1000 else f"{value:,.0f}"
