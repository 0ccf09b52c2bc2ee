"""What goes out as CSV comes in again, cell by cell; people's tables are read strictly."""

import csv
import io
from dataclasses import replace
from typing import Any

import pytest

from claims.exchange import tables
from claims.exchange.columns import COLUMNS
from claims.exchange.gathering import gathered
from claims.exchange.records import KINDS
from claims.models import Claim, Event, Measure
from claims.receiving import Outcome, ReceivedFile, receive
from sources.models import Article, Source, Speaker
from tests import databases
from tests import factories as make
from tests.exchange.inventing import Inventor
