"""Saves source.xlsx with a password in the formats of LibreOffice; see README.md. Run by a Python that has ``uno``."""

import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import uno  # type: ignore[import-not-found]  # comes with LibreOffice
from com.sun.star.beans import PropertyValue  # type: ignore[import-not-found]  # made by uno

HERE = Path(__file__).parent
PIPE = "pipe,name=huizong;urp"
FILTERS = {"protected.xls": "MS Excel 97", "protected.ods": "calc8"}


def setting(name: str, value: object) -> Any:  # noqa: ANN401 -- uno has no types
    """A named value, as uno wants it."""
    return PropertyValue(Name=name, Value=value)


def desktop() -> Any:  # noqa: ANN401 -- uno has no types
    """LibreOffice, once it answers."""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(120):
        try:
            remote = resolver.resolve(f"uno:{PIPE};StarOffice.ComponentContext")
        except Exception:  # noqa: BLE001 -- not yet up
            time.sleep(0.5)
        else:
            return remote.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", remote)
    sys.exit("LibreOffice does not answer")


def main() -> None:
    """All files."""
    with subprocess.Popen(["soffice", "--headless", "--norestore", f"--accept={PIPE};"]):
        office = desktop()
        source = (HERE / "source.xlsx").resolve().as_uri()
        document = office.loadComponentFromURL(source, "_blank", 0, (setting("Hidden", value=True),))
        for name, kind in FILTERS.items():
            settings = setting("FilterName", kind), setting("Password", "1234")
            document.storeToURL((HERE / name).resolve().as_uri(), settings)
        document.close(True)  # noqa: FBT003 -- uno takes no names
        office.terminate()


if __name__ == "__main__":
    main()
