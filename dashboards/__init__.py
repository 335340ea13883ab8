"""The pages: each asks one question of the current release and lays out the answer."""
