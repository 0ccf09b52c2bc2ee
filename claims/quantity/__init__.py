"""Counts as spoken: intervals with a qualifier, and how two of them relate."""

from claims.quantity.count import (
    LIMIT,
    STEP,
    TOLERANCE,
    Incomparable,
    Qualifier,
    Quantity,
    Relation,
    RelationKind,
    highest_low,
)

__all__ = [
    "LIMIT",
    "STEP",
    "TOLERANCE",
    "Incomparable",
    "Qualifier",
    "Quantity",
    "Relation",
    "RelationKind",
    "highest_low",
]
