"""Who may do what with accounts: actor × state → allowed, or the sentence."""

from __future__ import annotations

import pytest

from app.accounts.actor import GUEST, Actor
from app.accounts.policies import everyone, signed_in, writing
from app.accounts.rules import (
    can_change_profile,
    can_end_session,
    can_register,
    can_revoke_token,
    can_sign_in,
)

KARIN = Actor(id=1, name="Karin", role="customer")
BERT = Actor(id=2, name="Bert", role="customer", state="suspended")
ADA = Actor(id=3, name="Ada", role="admin")

TABLE = [
    (can_register(GUEST), ""),
    (can_register(KARIN), "You already have an account"),
    (can_register(BERT), "You already have an account"),
    (can_sign_in("active"), ""),
    (can_sign_in("suspended"), ""),
    (can_sign_in("pending"), "not confirmed yet"),
    (can_sign_in("imported"), "Nobody can sign in"),
    (can_sign_in("erased"), "Nobody can sign in"),
    (can_sign_in("unheard of"), "Nobody can sign in"),
    (can_change_profile(KARIN, account_id=1), ""),
    (can_change_profile(BERT, account_id=2), ""),
    (can_change_profile(ADA, account_id=1), "only your own"),
    (can_change_profile(GUEST, account_id=1), "only your own"),
    (can_end_session(KARIN, account_id=1), ""),
    (can_end_session(ADA, account_id=1), "only your own"),
    (can_end_session(GUEST, account_id=1), "only your own"),
    (can_revoke_token(KARIN, account_id=1), ""),
    (can_revoke_token(ADA, account_id=1), "only your own"),
    (can_revoke_token(GUEST, account_id=1), "only your own"),
    (everyone(GUEST), ""),
    (signed_in(GUEST), "need an account"),
    (signed_in(BERT), ""),
    (writing(GUEST), "need an account"),
    (writing(BERT), "suspended"),
    (writing(KARIN), ""),
]


@pytest.mark.parametrize("verdict, sentence", TABLE)
def test_the_rules_say_who_may(verdict, sentence):
    assert bool(verdict) == (sentence == "")
    assert sentence in verdict.message
