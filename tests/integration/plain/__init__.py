"""The indicators once more in plain Python, from the reports as they were sent.

Written from the catalogue of indicators, not from the files in ``warehouse/indicators``: no SQL, no data frames; what
both say is what the definition means. How a report comes into force is not counted again: its state is read.
"""

import tests.integration.plain.accidents
import tests.integration.plain.duties
import tests.integration.plain.enforcement
import tests.integration.plain.hazards
import tests.integration.plain.places
import tests.integration.plain.preparedness
import tests.integration.plain.reporting
import tests.integration.plain.trainings  # noqa: F401 -- each adds its indicators to the registry
from tests.integration.plain.roll_up import figures

__all__ = ["figures"]
