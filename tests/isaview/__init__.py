"""The ISA-Tab as it will be written, in the app: the way from a cell to its field, slices, starting from a file."""
