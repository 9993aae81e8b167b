"""Tests of the REMBI YAML."""
