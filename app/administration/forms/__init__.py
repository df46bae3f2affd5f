"""What comes in from the pages of administration; one module a page."""
