"""The demo community: the people and threads of data/, living through the actions of all features.

It stands at the factory's level, for it uses every feature and none uses it; only the command line,
the supervisor and wiring know it. docs/decisions/0083 says what it may write without an action.
"""
