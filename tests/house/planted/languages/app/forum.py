"""Planted: messages in every state of neglect."""

LATER = N_("Marked for later")


def speak(actor):
    _("Good")
    _("Empty")
    _("Fuzzy")
    _("Hello %(name)s", name=actor.name)
    _("Loud")
    ngettext("%(num)d more answer", "%(num)d more answers", 2)
    deny("You may not do this.")
    raise errors.Refused(f"{actor} may not")
