"""What administrators choose and set up: the look, the legal texts, boards, rules, the team."""
