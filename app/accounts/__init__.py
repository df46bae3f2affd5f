"""People: accounts, roles, sessions, sign-in, profiles, documents and consents."""
