"""``huizong export``: a table or view of the mart into a file."""

from pathlib import Path

from flows import show
from flows.house import connect
from flows.settings import load_settings
from tasks.export import write_export, writer_for
from warehouse.export import open_extract


def export_view(view: str, target: Path) -> None:
    """Writes the file and says how many rows it has. The warehouse is read as it is: a reader's account will do.

    Raises:
        WarehouseError: there is no such view, or the warehouse does not answer.
        OutputError: the file cannot be written, or cannot hold what is in the view.
    """
    writer_for(target)
    with open_extract(connect(load_settings()), view) as extract:
        rows = write_export(extract, target)
        show.console().print(
            f"mart.{extract.relation.name} 共 {rows} 行，已写入 {target}", markup=False, highlight=False
        )
