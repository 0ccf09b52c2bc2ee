"""The chart of a measure: who gave which figure for which day, drawn on the server."""

from claims.charts.drawing import Drawing, drawn, taken_back

__all__ = ["Drawing", "drawn", "taken_back"]
