"""What knows no forum word: clock, database, rules, events, jobs, mail, web, text, search."""
