"""Tests of the simulated submission."""
