#!/usr/bin/env python
"""Run one of Factbase's commands: `manage.py help` lists them."""

import os
import sys


def main() -> None:
    """Run the command; say in one line why the settings do not allow it."""
    if sys.version_info < (3, 11):  # noqa: UP036  # whoever has an older one reads why
        sys.exit("Factbase needs Python 3.11 or newer.")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factbase.settings")
    try:
        from django.conf import settings  # noqa: PLC0415  # not with an older Python
        from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415  # as above
        from django.core.management import execute_from_command_line  # noqa: PLC0415  # as above
        from environs import EnvError  # noqa: PLC0415  # as above
    except ImportError as missing:
        sys.exit(f"{missing}: start it with `make run` or .venv/bin/python.")
    try:
        settings.DATA_DIR  # noqa: B018  # reads the settings
    except (EnvError, ImproperlyConfigured) as refusal:
        sys.exit(str(refusal))
    try:
        execute_from_command_line(sys.argv)
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
