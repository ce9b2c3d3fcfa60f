"""Making Django ready in this process."""

import os
import sys

import django

from zuji.config.environment import BadSetting


def set_up() -> None:
    """Make Django ready; a setting that cannot be used ends the process with a sentence and status 2."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zuji.config.settings")
    try:
        django.setup()
    except BadSetting as wrong:
        sys.stderr.write(f"zuji: {wrong}\n")
        raise SystemExit(2) from None
