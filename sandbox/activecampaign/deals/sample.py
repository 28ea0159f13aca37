"""What the sales side of a new world begins with: a pipeline, types of tasks, and the field that is always there."""

from sandbox.activecampaign.deals.pipelines import lay_pipeline
from sandbox.activecampaign.record_fields.definitions import lay
from sandbox.activecampaign.record_fields.kinds import DEAL
from sandbox.activecampaign.tasks.kinds import add_type
from sandbox.activecampaign.world import World

PIPELINE = {"title": "Sales", "currency": "eur", "autoassign": "1"}
TASK_TYPES = ("Call", "Email")
FORECAST = {"fieldLabel": "Forecasted Close Date", "fieldType": "date"}
FORECAST_NUMBER = 13


def define_sales(world: World) -> None:
    lay_pipeline(world, PIPELINE)
    lay(world, DEAL, FORECAST, FORECAST_NUMBER)
    for title in TASK_TYPES:
        add_type(world, title)
