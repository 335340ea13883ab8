"""Briefing packs: what the analyses say to one reader, as one file that opens anywhere and prints well."""
