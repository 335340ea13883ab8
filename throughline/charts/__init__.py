"""Frame in, figure out: every chart of the pages, notebooks and packs."""
