"""A room of the house; its face is what it lists in ``__all__``."""
