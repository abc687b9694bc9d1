"""All scenes, in the order of their pictures."""

from build_scripts.screens.agreement_scenes import agreement_scenes, overview_scenes
from build_scripts.screens.batch_scenes import batch_scenes
from build_scripts.screens.claim_scenes import claim_scenes
from build_scripts.screens.message_scenes import message_scenes
from build_scripts.screens.people_scenes import people_scenes
from build_scripts.screens.report_scenes import report_scenes
from build_scripts.screens.scene import Scene
from build_scripts.screens.settings_scenes import help_scenes, settings_scenes
from build_scripts.screens.start_scenes import start_scenes


def scenes() -> tuple[Scene, ...]:
    """List every scene."""
    return (
        *start_scenes(),
        *overview_scenes(),
        *agreement_scenes(),
        *people_scenes(),
        *batch_scenes(),
        *claim_scenes(),
        *report_scenes(),
        *settings_scenes(),
        *help_scenes(),
        *message_scenes(),
    )
