"""``huizong check --annotate``: marked copies of the files in which something is wrong."""

from dataclasses import fields
from pathlib import Path

import pandas as pd

from flows.check import SourceError
from schemas.batch import Batch
from schemas.found import Found
from tasks.aside import write_all_aside
from tasks.limits import Limits
from tasks.returned.files import free_stem
from tasks.returned.guarded import Copying, annotate_guarded
from tasks.returned.verdict import Verdict

_KEYS = tuple(field.name for field in fields(Found))


def write_copies(batch: Batch, folder: Path, limits: Limits) -> int:
    """Writes a marked copy of every file with an error or a warning; how many.

    Raises:
        SourceError: a copy would take the place of a file that is checked.
        OutputError: the folder cannot be written.
    """
    sources = {Path(source).resolve() for source in batch.files["source"]}
    copies: dict[str, bytes] = {}
    taken: set[str] = set()
    for file_no, source, size in batch.files[["file_no", "source", "size"]].itertuples(index=False):
        found = _found(batch, file_no)
        if all(each.severity == "info" for each in found):
            continue
        of_file = batch.submissions[batch.submissions["file_no"] == file_no]
        # Of what is too large to be read the list alone goes back.
        content = Path(source).read_bytes() if size <= limits.bounds.file_bytes else b""
        copying = Copying(content, found, of_file["layout"].tolist(), _verdict(of_file), limits.bounds)
        copy = annotate_guarded(copying, limits)
        stem = free_stem(Path(source).stem, taken)
        taken.add(stem)
        target = folder / f"{stem}{copy.ending}"
        if target.resolve() in sources:
            raise SourceError(f"{target}：会盖住报表本身，--annotate 请另选文件夹")
        copies[target.name] = copy.content
    return len(write_all_aside(folder, copies))


def _found(batch: Batch, file_no: int) -> list[Found]:
    issues = batch.issues[batch.issues["file_no"] == file_no].astype(object)
    records = issues.where(issues.notna(), None)[list(_KEYS)].to_dict("records")
    return [Found(**{str(key): value for key, value in record.items()}) for record in records]


def _verdict(submissions: pd.DataFrame) -> Verdict:
    kinds = submissions["status"].map({"rejected": "rejected", "accepted": "checked"})
    return Verdict({str(kind): forms.tolist() for kind, forms in submissions["form"].groupby(kinds)})
