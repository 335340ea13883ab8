"""How fast it is, measured on the machine at hand; `make bench` prints it and no test depends on it."""
