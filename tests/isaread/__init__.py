"""Reading ISA-Tab: documents, the way back to a record, the command."""
