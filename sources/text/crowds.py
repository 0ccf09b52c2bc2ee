"""Tables, which are no sentences: what stands as thick as in one is not read."""

from collections import deque

_RUN = 64


class Crowd:
    """The numbers, the dates or the quotations of a text, met in order.

    A text has so many of them in so few words only where it is a table, or made to keep
    the reader busy. The first ones of a table are read, as nothing shows yet what it is.
    ``apart`` is how many words at least there are to each of them in sentences.
    """

    def __init__(self, *, apart: int) -> None:
        self._latest: deque[int] = deque(maxlen=_RUN)
        self._room = apart * _RUN

    def holds(self, index: int) -> bool:
        """Whether what is met at a word stands in a table."""
        self._latest.append(index)
        return len(self._latest) == _RUN and index - self._latest[0] < self._room
