"""The staff's day: one inbox of what waits, who is in charge of it, and internal notes."""
