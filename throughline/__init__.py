"""Throughline follows a serious incident from notification to the learning that came of it."""

__version__ = "0.1.0"
