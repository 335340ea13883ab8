"""What each page was asked for, and the frames that answer it: nothing here draws or lays out."""
