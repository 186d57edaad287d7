"""Which known mistake a wrong answer comes from, found on inputs that tell the mistakes apart.

The inputs of a test are small, so that its message can be checked by hand, and then two mistakes
often give one result. So the function is called once more, on larger inputs.
"""

import numpy as np

from kquant_helpers.checks.ladder import NotYet, ask, near


def diagnosis(name, function, arguments, mistakes, *, rtol=1e-6, atol=1e-6):
    """Return the sentence about the one known mistake that gives what the function returns.

    Parameters
    ----------
    name : str
        Name of the exercise.
    function : callable
        A student's function that has just given a wrong answer.
    arguments : sequence
        Inputs on which all mistakes have different results.
    mistakes : iterable of (array_like, str)
        What each gives for these inputs, and what to say about it.
    rtol, atol : float
        How far a result may be off, relative and absolute.

    Returns
    -------
    str
        The sentence; empty where no mistake fits, or mistakes with different sentences do.

    Examples
    --------
    >>> mistakes = ((9, "this is the sum"), (3, "this is the mean"))
    >>> diagnosis("median", lambda row: sum(row), ([1, 2, 6],), mistakes)
    'this is the sum'
    """
    try:
        value = ask(name, function, *arguments).value
        array = np.asarray(value, dtype=float)
    except (NotYet, TypeError, ValueError):
        return ""
    sentences = {words for wrong, words in mistakes if near(array, wrong, rtol=rtol, atol=atol)}
    return sentences.pop() if len(sentences) == 1 else ""


def told(value, sentence):
    """Return the hint for `Answer.equals` that says the sentence about whatever came back."""
    return ((value, sentence),) if sentence else ()
