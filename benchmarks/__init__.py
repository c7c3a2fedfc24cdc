"""What grading costs, as ratios measured in one run: the machines are noisy, ratios less so."""
