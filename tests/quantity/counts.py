"""How the tables of cases write a quantity: ``AT_LEAST 200..`` or ``RANGE 60..90``."""

from decimal import Decimal

from claims.quantity import Qualifier, Quantity


def quantity(written, unit="people"):
    qualifier, bounds = written.split()
    low, high = (Decimal(bound) if bound else None for bound in bounds.split(".."))
    return Quantity(low, high, Qualifier(qualifier), unit)
