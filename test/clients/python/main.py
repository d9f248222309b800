"""The official SDK for Python against a server: every line that it prints is one of the test's."""

import appliance
import content
import inventory
import machines
import tags
import templates
from teller import Doors, run

run(
    inventory.STORIES + machines.STORIES + tags.STORIES + content.STORIES + templates.STORIES + appliance.STORIES,
    Doors(),
)
