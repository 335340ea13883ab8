"""Believable returns with no real child in them, and the truth about what they hold."""

from throughline.synthetic.make import make_returns
from throughline.synthetic.truth import Truth

__all__ = ["Truth", "make_returns"]
