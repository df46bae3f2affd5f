"""Super users: points, ranks, nominations and terms. Its rooms are built with the next issue."""
