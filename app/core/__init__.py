"""What knows no forum word: clock, database, errors, rules, events, jobs, mail, web, text, search."""
