"""LibreOffice as a colleague uses it: a workbook is opened in a window and saved.

Its ``--convert-to`` opens no window, and what belongs to one, the frozen rows, is lost.
"""

import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

_LIBRARY = "http://openoffice.org/2000/library"
_LIBRARIES = f"""<?xml version="1.0" encoding="UTF-8"?>
<library:libraries xmlns:library="{_LIBRARY}" xmlns:xlink="http://www.w3.org/1999/xlink">
<library:library library:name="Standard" xlink:href="$(USER)/basic/Standard/script.xlb/" xlink:type="simple"
 library:link="false"/></library:libraries>"""
_ELEMENTS = f"""<?xml version="1.0" encoding="UTF-8"?>
<library:library xmlns:library="{_LIBRARY}" library:name="Standard" library:readonly="false"
 library:passwordprotected="false"><library:element library:name="Save"/></library:library>"""
_MACRO = """<?xml version="1.0" encoding="UTF-8"?>
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Save" script:language="StarBasic">
Sub SaveAll(source As String, target As String)
  Dim saving(0) As New com.sun.star.beans.PropertyValue
  saving(0).Name = "FilterName" : saving(0).Value = "Calc MS Excel 2007 XML"
  name = Dir(source &amp; "/*.xlsx")
  Do While name &lt;&gt; ""
    book = StarDesktop.loadComponentFromURL(ConvertToURL(source &amp; "/" &amp; name), "_blank", 0, Array())
    book.storeToURL(ConvertToURL(target &amp; "/" &amp; name), saving())
    book.close(True)
    name = Dir()
  Loop
  StarDesktop.terminate()
End Sub
</script:module>"""


def save_with_libreoffice(files: Mapping[str, bytes], folder: Path) -> None:
    """Open each of these .xlsx files and save it under its name into a folder."""
    with tempfile.TemporaryDirectory() as work:
        source, profile = Path(work) / "source", Path(work) / "profile"
        source.mkdir()
        for name, content in files.items():
            (source / name).write_bytes(content)
        # The first start lays down a library of its own, over whatever is there.
        _start(profile, "--terminate_after_init")
        basic = profile / "user" / "basic"
        (basic / "script.xlc").write_text(_LIBRARIES, encoding="utf-8")
        (basic / "Standard" / "script.xlb").write_text(_ELEMENTS, encoding="utf-8")
        (basic / "Standard" / "Save.xba").write_text(_MACRO, encoding="utf-8")
        _start(profile, f'macro:///Standard.Save.SaveAll("{source}","{folder.resolve()}")')


def _start(profile: Path, *arguments: str) -> None:
    command = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", *arguments]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
