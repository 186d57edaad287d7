"""The button beside an explorer's menu of photos: takes one of the student's own."""

import io
from pathlib import Path

import anywidget
from PIL import Image

from kquant_helpers import quiet
from kquant_helpers.explorers.subject import add_own_photo

_FRONT = Path(__file__).parent / "front"

# Also in front/own_photo.js, which sends nothing larger.
MAX_BYTES = 20_000_000


class OwnPhoto(anywidget.AnyWidget):
    """A button that opens a photo; the explorer around it takes dropped and pasted ones.

    The photo is kept in the kernel's memory only. What cannot be read is told in a sentence
    beside the button, and the explorer stays as it was.

    Parameters
    ----------
    menu : ipywidgets.Dropdown
        The menu that the photo is added to, and chosen in.
    """

    _esm = _FRONT / "own_photo.js"
    _css = _FRONT / "own_photo.css"

    def __init__(self, menu):
        super().__init__()
        self._menu, self._content = menu, bytearray()
        self.on_msg(self._take)

    def _take(self, _widget, content, buffers):
        if "name" not in content:
            return
        # A large file comes in pieces.
        if not content.get("at"):
            self._content = bytearray()
        for piece in buffers:
            self._content += piece
        if content.get("more") and len(self._content) <= MAX_BYTES:
            return
        whole, self._content = bytes(self._content), bytearray()
        try:
            if len(whole) > MAX_BYTES:
                raise ValueError("The file has more than 20 MB: save it smaller.")
            name = add_own_photo(whole, str(content["name"]))
        except ValueError as error:
            self.send({"message": f"{error} The photo before stays."})
            return
        count = count_pictures(whole)
        several = f"It holds {count} pictures: the first one is shown." if count > 1 else ""
        self.send({"message": several})
        self._menu.options = (*self._menu.options, name)
        self._menu.value = name


def count_pictures(content):
    """Return how many pictures an animation has, or a file of several pages."""
    try:
        with quiet.pillow(), Image.open(io.BytesIO(content)) as image:
            # A camera's MPO holds its photo once more, for a second eye or a preview.
            return 1 if image.format == "MPO" else getattr(image, "n_frames", 1)
    # The first picture could be read, whatever follows it.
    except Exception:
        return 1
