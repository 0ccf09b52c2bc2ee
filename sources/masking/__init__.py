"""What the reader of a request may know of withheld names: decided at each column.

Every column that may hold a name is read through `MaskedColumn`. A row carries what is
stored; while a `Reading` is open, reading a column of it gives what its reader may
see. So pages, the API, forms, exports and messages mask alike, and whoever writes a
new one need not think of it. Outside of a reading, and where `truth` lifts it, a
column is what is stored: processes work there.

What hides is found anew at each reading: the names and aliases of withheld speakers,
wherever they stand, unless a person said of a place that it is somebody else. What
comes in later is therefore hidden before anybody looked at it.
"""

from sources.masking.columns import (
    MaskedColumn,
    in_order,
    mask_columns,
    masked_columns,
    restore,
    seen_as,
)
from sources.masking.reading import (
    Reading,
    is_restricted,
    open_reading,
    reading_now,
    sha256_of,
    truth,
    unnamed,
)

__all__ = [
    "MaskedColumn",
    "Reading",
    "in_order",
    "is_restricted",
    "mask_columns",
    "masked_columns",
    "open_reading",
    "reading_now",
    "restore",
    "seen_as",
    "sha256_of",
    "truth",
    "unnamed",
]
