"""S39, S40: uploads lie under names that nobody can guess or choose."""

from __future__ import annotations

import pytest
from flask import Flask

from app.config import Config
from app.core.uploads import FOLDER, forget_upload, keep_upload, read_upload

NAMES = ["", ".", "../secret_key", "../../etc/passwd", "a.png", "x" * 22 + ".svg", "x" * 22,
         "x" * 22 + ".png\0", "/etc/passwd", "x" * 21 + "/.png", "x" * 22 + ".png/.."]  # fmt: skip


def test_a_file_is_kept_whole_and_forgotten(app: Flask):
    name = keep_upload(b"pixels", "png")
    assert read_upload(name) == b"pixels"
    forget_upload(name)
    assert read_upload(name) is None
    forget_upload(name)
    assert read_upload(name) is None


def test_s40_names_are_random_and_long(app: Flask, config: Config):
    names = {keep_upload(b"the same", "png") for _ in range(20)}
    assert len(names) == 20
    assert {len(name) for name in names} == {len("x" * 22 + ".png")}
    assert {file.name for file in (config.instance / FOLDER).iterdir()} == names


@pytest.mark.parametrize("name", NAMES)
def test_s39_no_other_name_reaches_the_disk(app: Flask, name: str):
    with pytest.raises(ValueError, match="no name of an upload"):
        read_upload(name)
