"""Every publication against the checksum that it was sealed with."""

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from warehouse.checksum import checksum
from warehouse.integrity import Sample, Tally
from warehouse.mart import publication

_RESTORE = "从数据库备份恢复 mart.publication 和 mart.published_value（docs/operations.md 的 Backup and restore）"


def verify_publications(engine: Engine, sample: Sample, tally: Tally) -> None:
    """Compute the checksums of the chosen publications, each in its own short transaction; the newest is always one."""
    number = publication.c.publication_id
    with engine.connect() as connection:
        chosen = set(connection.execute(sample.of(sa.select(number), number)).scalars())
        newest = connection.execute(sa.select(sa.func.max(number))).scalar_one()
    for each in sorted(chosen | ({newest} if newest else set()), reverse=True):
        tally.checked += 1
        with engine.connect() as connection:
            sealed = connection.execute(sa.select(publication.c.checksum).where(number == each)).scalar_one()
            if checksum(connection, each) != sealed:
                tally.add("publication_changed", _RESTORE, [f"第 {each} 版：各值与发布时的校验和不符"])
