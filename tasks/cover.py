"""The cover of a workbook: a sheet of labels and values beside the tables, on which a form is named."""

import functools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from schemas.form import Form, load_forms
from schemas.issue import Issue
from schemas.text import squeeze
from tasks.head import pairs
from tasks.workbook import Sheet

_NAME = "封面"


@dataclass(frozen=True)
class Cover:
    """What the cover says; without a cover nothing. ``form_code`` is F01 and the like as written there."""

    sheets: frozenset[str]
    pairs: Mapping[str, str]

    @functools.cached_property
    def form_code(self) -> str | None:
        """The number of the form, without the letter of a sheet (F08A)."""
        written = squeeze(self.pairs.get("form_code", "")).upper()
        return written.rstrip("AB") or None

    @functools.cached_property
    def form(self) -> Form | None:
        """The form that it names, if there is one of that number."""
        return next((form for form in load_forms().values() if form.code == self.form_code), None)

    @property
    def issues(self) -> list[Issue]:
        """A number that no form has."""
        return [Issue("E-COV-01", value=self.pairs["form_code"])] if self.form_code and not self.form else []

    def issues_with(self, forms: Iterable[Form]) -> list[Issue]:
        """What is wrong with the form's number beside the forms found in the workbook."""
        found = {form.code: form.title for form in forms}
        if self.form and self.form.code not in found:
            return [Issue("E-COV-26", value=self.pairs["form_code"], hint="、".join(found.values()))]
        return self.issues


def read_cover(sheets: Sequence[Sheet]) -> Cover:
    """The cover among the sheets of a workbook, by its name."""
    covers = [sheet for sheet in sheets if _NAME in sheet.name]
    return Cover(frozenset(sheet.name for sheet in covers), pairs(row for sheet in covers for row in sheet.rows))
