"""The build backend of this package: flit's, for the editable install of a clone.

Any other install would copy the programs without the tables, notebooks and editions that they read.
"""

from __future__ import annotations

from typing import NoReturn

from flit_core.buildapi import build_editable, get_requires_for_build_editable, prepare_metadata_for_build_editable

__all__ = ["build_editable", "get_requires_for_build_editable", "prepare_metadata_for_build_editable"]

REFUSAL = "By Name runs in its clone, where its tables are. In the clone: python -m pip install --editable ."


def prepare_metadata_for_build_wheel(metadata_directory: str, config_settings: dict | None = None) -> NoReturn:
    """Refuse in one line, before anything is downloaded."""
    raise SystemExit(REFUSAL)


def build_wheel(
    wheel_directory: str, config_settings: dict | None = None, metadata_directory: str | None = None
) -> NoReturn:
    """Refuse in one line."""
    raise SystemExit(REFUSAL)


def build_sdist(sdist_directory: str, config_settings: dict | None = None) -> NoReturn:
    """Refuse in one line."""
    raise SystemExit(REFUSAL)
