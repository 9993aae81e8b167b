"""One script is for the checker's own interpreter: nothing here may import it."""

collect_ignore = ["run_validator.py"]
