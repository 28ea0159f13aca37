"""sla.yaml as it is written: the clocks that run for handoffs.

The descriptions are what editors show and what an error advises.
"""

from collections.abc import Mapping
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from config.policy.written_handoff import Minutes, Part, PlayName, Text
from config.policy.written_places import ZohoPlaces, ZohoPlacing

ClockName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]


class WrittenClock(Part):
    """A clock that starts when a play is set off and stops at the first touch of a human being."""

    plays: tuple[PlayName, ...] = Field(
        strict=False, min_length=1, description="The plays of handoff.yaml that start it."
    )
    due_in_minutes: Minutes = Field(default=15, description="From the trigger to the first touch, around the clock.")
    at_risk_before_minutes: Annotated[float, Field(ge=0, le=10_080)] = Field(
        default=5, description="How long before it is due somebody is told that time is running out."
    )
    touch_fields: tuple[ZohoPlacing, ...] = Field(
        default=(ZohoPlaces(Leads="Lead_Status"),),
        strict=False,
        description="What a salesperson changes on taking it up: [{Leads: Lead_Status}]",
    )
    escalate_to: Text | None = Field(default=None, description="The Zoho user who is named when it is breached.")

    @model_validator(mode="after")
    def _warns_in_time(self) -> Self:
        if self.at_risk_before_minutes >= self.due_in_minutes:
            raise ValueError("at_risk_before_minutes should be less than due_in_minutes.")
        return self


class WrittenSla(Part):
    """Which clocks run."""

    version: Literal[1] = Field(description="The version of this file's form: 1.")
    clocks: Mapping[ClockName, WrittenClock] = Field(
        description="The clock's name in lower case, and under it what it measures.",
        json_schema_extra={"additionalProperties": False},
    )
