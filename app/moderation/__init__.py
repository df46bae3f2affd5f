"""Order that is fair: the netiquette, reports and notices, cases, decisions with reasons, appeals."""
