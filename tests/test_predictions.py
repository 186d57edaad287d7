"""A guess is kept in the kernel and stands beside what was measured, without a score."""

import pytest

import kquant_helpers as kq
from kquant_helpers import predictions


@pytest.fixture(autouse=True)
def forget():
    predictions._GUESSES.clear()
    yield
    predictions._GUESSES.clear()


def told(capsys, *arguments):
    kq.measured(*arguments)
    return capsys.readouterr().out.strip()


def test_a_number_is_kept_and_set_beside_the_measured_one(capsys):
    form = kq.predict("colors", "How many colors?")
    assert told(capsys, "colors", 8).startswith("No guess yet")
    form.children[1].value = "9"
    assert told(capsys, "colors", 8) == "Your guess: 9. Measured: 8."
    form.children[1].value = "many"
    assert "Your guess: many." in told(capsys, "colors", 8, "Each channel is low or high.")


def test_a_choice_is_kept_and_comes_back_when_the_cell_runs_again(capsys):
    form = kq.predict("gray", "What does it look like?", ("black", "gray"))
    assert form.children[1].value is None
    form.children[1].value = "gray"
    again = kq.predict("gray", "What does it look like?", ("black", "gray"))
    assert again.children[1].value == "gray"
    kq.predict("gray", "What does it look like now?", ("red",))
    assert told(capsys, "gray", "gray") == "Your guess: gray. Measured: gray."


@pytest.mark.parametrize(
    ("value", "text"),
    [(96615, "96,615"), (77.412, "77.41"), (1234.5, "1,234"), (float("inf"), "inf"), (2.0, "2")],
)
def test_a_measured_number_is_written_for_people(capsys, value, text):
    assert told(capsys, "none", value).endswith(f"Measured: {text}.")


def test_choices_in_one_string_are_refused():
    with pytest.raises(TypeError, match="a list of texts"):
        kq.predict("k", "How many?", "few")
