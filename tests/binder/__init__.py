"""Binder proven: an environment made from ``binder/`` alone, the server as Binder starts it, one session measured."""
