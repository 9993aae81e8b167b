"""Describe biological images once, send them anywhere: REMBI forms, checks and exports."""

from __future__ import annotations

__version__ = "0.1.0"
