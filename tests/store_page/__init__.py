"""The page on the store: its examples are what the store writes, and its stand-alone reader reads them."""
