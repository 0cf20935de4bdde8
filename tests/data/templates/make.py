"""Makes the workbooks of this folder: the template of every form, filled in by a script and saved by LibreOffice.

Run from the repository after a form or the template has changed; needs LibreOffice (``soffice``).
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3]))

from schemas.form import load_forms
from tests.libreoffice import save_with_libreoffice
from tests.template_books import filled

if __name__ == "__main__":
    save_with_libreoffice({f"{form.code}.xlsx": filled(form) for form in load_forms().values()}, Path(__file__).parent)
