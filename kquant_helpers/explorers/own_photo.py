"""The button beside an explorer's menu of photos: takes one of the student's own."""

from pathlib import Path

import anywidget

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
        self._menu = menu
        self.on_msg(self._take)

    def _take(self, _widget, content, buffers):
        if "name" not in content:
            return
        try:
            if buffers and len(buffers[0]) > MAX_BYTES:
                raise ValueError("The file has more than 20 MB: save it smaller.")
            name = add_own_photo(bytes(buffers[0]) if buffers else b"", str(content["name"]))
        except ValueError as error:
            self.send({"message": f"{error} The photo before stays."})
            return
        self.send({"message": ""})
        self._menu.options = (*self._menu.options, name)
        self._menu.value = name
