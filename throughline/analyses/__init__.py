"""One module a question: from a release, a reader and what was chosen to a report."""
