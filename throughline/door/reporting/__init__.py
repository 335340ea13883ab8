"""Telling people what the door found: a marked copy, a report to read, and the same for machines."""
