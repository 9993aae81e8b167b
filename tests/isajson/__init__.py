"""Tests of ISA-JSON."""
