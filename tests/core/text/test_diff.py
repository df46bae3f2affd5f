"""What changed between two texts."""

from __future__ import annotations

from app.core.text.diff import MAX_LINES, changed_lines


def test_equal_texts_have_no_change() -> None:
    assert changed_lines("a\nb", "a\nb") == []


def test_a_change_is_shown_with_its_neighbours() -> None:
    before = "\n".join("abcdefghij")
    after = before.replace("e", "E")
    assert changed_lines(before, after) == [
        ("gap", ""),
        ("same", "c"),
        ("same", "d"),
        ("out", "e"),
        ("in", "E"),
        ("same", "f"),
        ("same", "g"),
        ("gap", ""),
    ]


def test_very_long_texts_are_shown_as_replaced() -> None:
    before, after = "a\n" * MAX_LINES, "b\n" * 3
    kinds = [kind for kind, _line in changed_lines(before, after)]
    assert kinds == ["out"] * (MAX_LINES + 1) + ["in"] * 4


def test_an_empty_text_has_no_line_to_take_out() -> None:
    assert changed_lines("", "a\n\nb") == [("in", "a"), ("in", ""), ("in", "b")]
    assert changed_lines("a", "") == [("out", "a")]
