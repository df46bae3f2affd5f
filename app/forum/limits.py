"""How much of the forum's work anybody may use up; the figures stand here and nowhere else.

Amounts are those of an ordinary member: core.web.limits.STANDINGS says what others have.
"""

from __future__ import annotations

from dataclasses import replace

from app.core.web.limits import HOUR, MINUTE, Budget, Limits

#: What was published.
ASKING = Limits("asking", account=(10, HOUR), network=(60, HOUR), total=(2_000, HOUR))
ANSWERING = Limits("answering", account=(120, HOUR), network=(600, HOUR), total=(10_000, HOUR))
PREVIEWING = Limits(
    "previewing", account=(60, MINUTE), network=(300, MINUTE), total=(3_000, MINUTE)
)
SEARCHING = Limits("searching", account=(60, MINUTE), network=(120, MINUTE), total=(1_200, MINUTE))
#: Beyond it one writes on without suggestions; SUGGESTING bounds the requests.
LOOK_UPS = Budget("ask_answers", 60, MINUTE)
SUGGESTING = Limits(
    "suggesting",
    account=(120, MINUTE),
    network=(600, MINUTE),
    total=(3_000, MINUTE),
    inside=(LOOK_UPS,),
)
#: Every press of a form's button, previews and corrections included.
WRITING = Limits(
    "writing",
    account=(60, 10 * MINUTE),
    network=(300, 10 * MINUTE),
    total=(6_000, 10 * MINUTE),
)
WRITING_QUESTIONS = replace(WRITING, inside=(ASKING, LOOK_UPS))
WRITING_ANSWERS = replace(WRITING, inside=(ANSWERING,))
#: One-button decisions: helpful, solution, follow.
DECIDING = Limits("deciding", account=(60, MINUTE), network=(600, MINUTE), total=(6_000, MINUTE))
