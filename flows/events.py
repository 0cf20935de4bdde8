"""Events on Prefect's page, so that an office's automations can act on them."""

from collections.abc import Mapping

from prefect import runtime
from prefect.events import emit_event


def tell_event(name: str, about: str, payload: Mapping[str, str]) -> None:
    """Emit ``huizong.<name>`` about the resource ``huizong.<kind>.<about>``, the kind being the first word of the name.

    Only in a run of a deployment: elsewhere no server listens.
    """
    if runtime.deployment.id:
        kind = name.partition(".")[0]
        emit_event(
            event=f"huizong.{name}",
            resource={"prefect.resource.id": f"huizong.{kind}.{about}"},
            payload=dict(payload),
        )
