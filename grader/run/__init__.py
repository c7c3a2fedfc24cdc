"""Running things: one check, one submission, a class of them, and where results are kept."""
