"""``python -m rembi_widgets``: the command line."""

from rembi_widgets.app import run

run()
