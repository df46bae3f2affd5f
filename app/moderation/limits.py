"""How many reports, notices and objections, and how much casework; the figures stand here only.

Amounts per account are those of an ordinary member: core.web.limits.STANDINGS has the others.
"""

from __future__ import annotations

from app.core.web.limits import HOUR, MINUTE, Limits

#: What was sent.
REPORTING = Limits("reporting", account=(30, HOUR), network=(120, HOUR), total=(3_000, HOUR))
#: Anybody may give notice, by law: guests and members have a total each.
NOTICING = Limits("noticing", account=(20, HOUR), network=(20, HOUR), total=(2_000, HOUR))
#: Every press of a form's button, corrections included.
WRITING_REPORTS = Limits(
    "writing-reports",
    account=(60, HOUR),
    network=(300, HOUR),
    total=(6_000, HOUR),
    inside=(REPORTING,),
)
WRITING_NOTICES = Limits(
    "writing-notices",
    account=(60, HOUR),
    network=(60, HOUR),
    total=(6_000, HOUR),
    inside=(NOTICING,),
)
APPEALING = Limits("appealing", account=(20, HOUR), network=(120, HOUR), total=(3_000, HOUR))
#: No total: whoever keeps order can work while the forum is flooded.
CASEWORK = Limits("casework", account=(60, MINUTE), network=(600, MINUTE))
