"""What a person is told, where and how often: the inbox, and mail for those who want it."""
