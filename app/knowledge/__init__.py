"""Knowledge: suggestions, articles, revisions, reviews. Its rooms are built with the next issue."""
