"""Planted: a test that cannot fail."""


def test_idle(client):
    client.get("/")


def test_good(client):
    _look(client)


def _look(client):
    assert client
