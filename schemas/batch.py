"""What passes between the steps: frames of files, submissions, typed rows and issues."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

# Where pyarrow is installed pandas would keep text in its arrays, which refuse half of a surrogate pair: a name that is
# no UTF-8 has such, and must not end a night.
pd.set_option("mode.string_storage", "python")


@dataclass(frozen=True)
class Batch:
    """A batch of files after validation, ready to load. Every frame has a plain RangeIndex.

    Attributes:
        files: ``file_no`` int, ``sha256`` str, ``source`` str (absolute path or URL it came from), ``name`` str
            (path below the inbox), ``size`` int (bytes), ``received_at`` datetime64[us, UTC], ``archive`` str
            (path in the archive), ``sender`` str (who mailed it) or None.
        submissions: ``submission_no`` int, ``file_no`` int, ``form`` str, ``unit_code`` str or None, ``month``
            date or None (first day), ``version`` int, ``situation`` str (data, zero, unchanged), ``correction`` str or
            None (更正说明: what was corrected and why), ``status`` str
            (accepted, rejected), ``content_sha256`` str, ``layout`` dict (table id -> {"sheet": str, "header_row": int,
            "letters": {field: column letter}, "state": data, zero or unchanged}), ``rows`` int, ``errors`` int,
            ``warnings`` int. In the order in which they arrived.
        tables: table id -> typed rows of the accepted submissions: ``submission_no`` int, ``source_row`` int
            (1-based row of the sheet), then the table's columns. Types: text, code, unit, place, credit_code as
            object str/None; codes as object list[str]/None; date as object datetime.date/None; datetime as
            object datetime.datetime (naive, wall clock as written)/None; integer as Int64; amount as Float64;
            yes_no as boolean.
        issues: ``file_no`` int, ``submission_no`` Int64 (NA: of the file), ``severity`` str (error, warning,
            info), ``code`` str, ``sheet`` str or None, ``row`` Int64, ``column`` str (letter) or None, ``field`` str or
            None, ``value`` str or None (masked when sensitive), ``message`` str.
    """

    files: pd.DataFrame
    submissions: pd.DataFrame
    tables: Mapping[str, pd.DataFrame]
    issues: pd.DataFrame

    @property
    def unreadable(self) -> int:
        """The number of files with an error in which no submission was found."""
        wrong = self.issues.loc[self.issues["severity"] == "error", "file_no"]
        return len(set(wrong) - set(self.submissions["file_no"]))
