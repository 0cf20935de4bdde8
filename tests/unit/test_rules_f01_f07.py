"""The rules of F01 to F07: each at a row that breaks it, and at its bounds."""

from tests.rows import Breaks

BREAKS: Breaks = {}
