"""How often one may say whether an article helped, and how much the team may write.

Amounts per account are those of an ordinary member: core.web.limits.STANDINGS has the others.
"""

from __future__ import annotations

from app.core.web.limits import DAY, MINUTE, Budget, Limits

#: A guest is known by the network alone: one answer a day for a revision.
GUEST_ANSWER = Budget("article_answer", 1, DAY)
RATING = Limits(
    "rating", account=(40, DAY), network=(40, DAY), total=(20_000, DAY), inside=(GUEST_ANSWER,)
)
CURATING = Limits("curating", account=(20, MINUTE))
#: Comparing long texts costs as much as writing them.
COMPARING = Limits("comparing", account=(20, MINUTE))
