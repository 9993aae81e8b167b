"""The field reference: what it says of the exports is what the writers do."""
