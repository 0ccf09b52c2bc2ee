"""Figures that a text states, Arabic and English: numbers, what of, what happened."""

from claims.extraction.quantities.reading import quantities

__all__ = ["quantities"]
