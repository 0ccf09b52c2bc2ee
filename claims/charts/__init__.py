"""The chart of a measure: who gave which figure for which day, drawn on the server."""

from claims.charts.drawing import Drawing, drawn

__all__ = ["Drawing", "drawn"]
