"""Microscope passports: reading, finding, matching, filling, and what does not fit."""
