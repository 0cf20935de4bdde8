"""What each rule across forms, months and units says of some nights: one that breaks it, one that does not."""

from tests.integration.stories import accidents, campaigns, events, hazards, inspections, periods, snapshots
from tests.integration.stories.story import Story

MODULES = (accidents, hazards, inspections, events, snapshots, campaigns, periods)
STORIES: tuple[Story, ...] = tuple(story for module in MODULES for story in module.STORIES)
