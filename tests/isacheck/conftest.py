"""The two scripts are for the oracles' own interpreters: nothing here may import them."""

collect_ignore = ["run_altamisa.py", "run_isatools.py"]
