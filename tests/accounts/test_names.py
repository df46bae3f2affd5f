"""Names: one alphabet, nothing that looks like another person, the team or a web address."""

from __future__ import annotations

import json

import pytest

from app.accounts.names import NAME_MAX, free_variants, name_key, name_skeleton, name_verdict


@pytest.mark.parametrize(
    "name",
    [
        "Elke", "elke_elbe", "Elke.S", "Jürgen", "Zoë-Marie", "Łukasz", "Ян_К", "Δημήτρης", "محمد",
        "山田太郎", "R2D2", "a1b", "İlker", "Nguyễn", "x" * 30, "Straße-7",
    ],
)  # fmt: skip
def test_a_name_of_one_alphabet_is_possible(name):
    verdict = name_verdict(name)
    assert verdict, verdict.message % verdict.values


@pytest.mark.parametrize(
    "name",
    [
        "", "ab", "x" * 31, "El ke", "Elke!", "el--ke", "-elke", "elke.", "_elke", "123", "...",
        "a\u0430b", "Elkе", "Elke\u200b", "E\u202elke", "ﬁsch", "𝐄lke", "Ｅlke", "el@ke", "<b>x", "e/k",
        "www.elke", "elke.de", "Admin", "adrnin", "Service-Team", "Моderator", "support",
        "e\u0301lke\u0301", "Elke\x00", "ᴇlke", "🙂🙂🙂", "²³¹", "٣٤٥", "none\n",
    ],
)  # fmt: skip
def test_other_names_are_refused_with_a_reason(name):
    verdict = name_verdict(name)
    assert not verdict
    assert verdict.message % verdict.values


def test_the_operator_may_give_the_team_its_words():
    assert name_verdict("Support", reserved=True)
    assert not name_verdict("www.elke", reserved=True)


@pytest.mark.parametrize("name", ["Talfunk", "talfunk", "TaIfunk", "Tal_funk", "Talfunk-Team",
                                  "Team.Talfunk", "TalfunkService", "Talfunk_GmbH"])  # fmt: skip
def test_nobody_is_called_like_the_house(name):
    house = ("Talfunk hilft", "Talfunk", "Talfunk GmbH", "")
    assert not name_verdict(name, house=house)
    assert name_verdict(name, house=house, reserved=True)


@pytest.mark.parametrize("name", ["Talfunker", "TalfunkFan", "Funk", "Elke"])
def test_a_name_that_only_reminds_of_the_house_is_possible(name):
    assert name_verdict(name, house=("Talfunk", "Talfunk GmbH", ""))


def test_the_same_name_has_one_key():
    for one, other in (("Elke", "ELKE"), ("Straße", "STRASSE"), ("Jürgen", "Ju\u0308rgen")):
        assert name_key(one) == name_key(other)
    assert name_key("Elke") != name_key("Heike")


@pytest.mark.parametrize(
    "one, other",
    [("Elke", "EIke"), ("Modem", "Modern"), ("Anna0", "AnnaO"), ("сор", "cop"), ("Paul1", "Paull")],
)
def test_names_that_look_alike_have_one_skeleton(one, other):
    assert name_skeleton(one) == name_skeleton(other)


@pytest.mark.parametrize("one, other", [("Elke", "Eike"), ("Jürgen", "Jurgen"), ("Tom", "Tim")])
def test_names_that_people_tell_apart_stay_apart(one, other):
    assert name_skeleton(one) != name_skeleton(other)


def test_every_known_lookalike_is_refused_or_recognised(test_data):
    lines = (test_data / "sec_web_inputs" / "confusables_latin.tsv").read_text("utf-8").split("\n")
    pairs = [line.split("\t") for line in lines[1:] if line]
    assert len(pairs) > 1000
    unseen = [
        (real, fake)
        for real, _, fake, _, _ in pairs
        if name_verdict(f"ab{fake}cd")
        and name_skeleton(f"ab{fake}cd") != name_skeleton(f"ab{real}cd")
        and name_key(f"ab{fake}cd") != name_key(f"ab{real}cd")
    ]
    assert unseen == []


def test_any_text_has_a_bounded_key_and_skeleton(test_data):
    lines = (test_data / "sec_web_inputs" / "naughty_strings.jsonl").read_text("utf-8").split("\n")
    strange = [json.loads(line)["string"] for line in lines if line]
    for text in [*strange, "ﷺ" * 100, "m" * 300, "\ud800", ""]:
        assert len(name_key(text)) <= 300
        assert len(name_skeleton(text)) <= 300
    assert name_key("ﷺ" * 99 + "a") != name_key("ﷺ" * 99 + "b"), "long ones stay apart"


def test_variants_count_up_and_stay_short():
    assert next(free_variants("Elke")) == "Elke2"
    assert next(free_variants("Elke", joint="-")) == "Elke-2"
    long = next(free_variants("x" * NAME_MAX))
    assert len(long) == NAME_MAX
    assert long.endswith("2")
