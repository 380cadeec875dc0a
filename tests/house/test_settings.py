"""The variables: their defaults, and a clear word about each value that cannot be used."""

from __future__ import annotations

from base64 import b64decode
from pathlib import Path

import pytest

from apartado.settings import Trouble, read_settings

WEBHOOK_SECRET = f"whsec_{'A' * 43}="


def test_the_defaults_are_those_of_the_readme() -> None:
    settings = read_settings({})
    assert settings.embedded
    assert settings.data == Path.cwd() / ".apartado"
    assert (settings.host, settings.port, settings.pool_size) == ("127.0.0.1", 8000, 8)
    assert (settings.listen_url, settings.bootstrap_secret, settings.pg_bindir) == (None,) * 3
    assert (settings.cors_origins, settings.pictures) == ((), ())
    assert settings.trusted_proxies == ()
    assert (settings.webhook_hosts, settings.webhook_secrets) == ((), ())


def test_an_empty_variable_is_an_unset_one() -> None:
    assert read_settings({"APARTADO_DATABASE_URL": "", "APARTADO_PORT": " "}) == read_settings({})


def test_every_variable_is_read() -> None:
    settings = read_settings(
        {
            "APARTADO_DATABASE_URL": "postgresql://db/shop",
            "APARTADO_DATA": "/srv/apartado",
            "APARTADO_HOST": "0.0.0.0",
            "APARTADO_PORT": "9000",
            "APARTADO_POOL_SIZE": "16",
            "APARTADO_LISTEN_URL": "postgresql://direct/shop",
            "APARTADO_BOOTSTRAP_SECRET": "sixteen characters",
            "APARTADO_CORS_ORIGINS": "https://A.example:443, http://localhost:3000/",
            "APARTADO_PICTURES": "https://i.example, https:",
            "APARTADO_TRUSTED_PROXIES": "192.0.2.5, 198.51.100.0/24,::1",
            "APARTADO_WEBHOOK_HOSTS": "Shop.example, 192.0.2.5:8080,[2001:db8::1]",
            "APARTADO_WEBHOOK_SECRETS": f"{WEBHOOK_SECRET}, whsec_{'B' * 32}",
            "APARTADO_PG_BINDIR": "/opt/pg/bin",
        }
    )
    assert not settings.embedded
    assert settings.database_url == "postgresql://db/shop"
    assert settings.data == Path("/srv/apartado")
    assert (settings.host, settings.port, settings.pool_size) == ("0.0.0.0", 9000, 16)
    assert settings.listen_url == "postgresql://direct/shop"
    assert settings.bootstrap_secret == "sixteen characters"
    assert settings.cors_origins == ("https://a.example", "http://localhost:3000")
    assert settings.pictures == ("https://i.example", "https:")
    assert settings.trusted_proxies == ("192.0.2.5/32", "198.51.100.0/24", "::1/128")
    assert settings.webhook_hosts == ("shop.example", "192.0.2.5:8080", "[2001:db8::1]")
    assert settings.webhook_secrets == (bytes(32), b64decode("B" * 32))
    assert settings.pg_bindir == Path("/opt/pg/bin")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("APARTADO_PORT", "http"),
        ("APARTADO_PORT", "0"),
        ("APARTADO_PORT", "65536"),
        ("APARTADO_PORT", "-1"),
        ("APARTADO_PORT", "²"),
        ("APARTADO_POOL_SIZE", "0"),
        ("APARTADO_POOL_SIZE", "8.5"),
        ("APARTADO_CORS_ORIGINS", "*"),
        ("APARTADO_CORS_ORIGINS", "https:"),
        ("APARTADO_PICTURES", "https://a.example; script-src *"),
        ("APARTADO_PICTURES", "data:"),
        ("APARTADO_CORS_ORIGINS", "shop.example"),
        ("APARTADO_CORS_ORIGINS", "https://shop.example/path"),
        ("APARTADO_BOOTSTRAP_SECRET", "short"),
        ("APARTADO_TRUSTED_PROXIES", "*"),
        ("APARTADO_WEBHOOK_HOSTS", "*"),
        ("APARTADO_WEBHOOK_HOSTS", "https://shop.example"),
        ("APARTADO_WEBHOOK_HOSTS", "shop.example/path"),
        ("APARTADO_WEBHOOK_HOSTS", "shop.example"),
        ("APARTADO_WEBHOOK_SECRETS", WEBHOOK_SECRET),
        ("APARTADO_WEBHOOK_SECRETS", "hunter2"),
        ("APARTADO_WEBHOOK_SECRETS", "whsec_AAAA"),
        ("APARTADO_WEBHOOK_SECRETS", "whsec_" + "é" * 44),
        ("APARTADO_TRUSTED_PROXIES", "192.0.2.5, proxy.internal"),
    ],
)
def test_a_value_that_cannot_be_used_is_named(name: str, value: str) -> None:
    with pytest.raises(Trouble, match=name):
        read_settings({name: value})


def test_a_secret_is_not_repeated() -> None:
    with pytest.raises(Trouble) as refused:
        read_settings({"APARTADO_BOOTSTRAP_SECRET": "hunter2"})
    assert "hunter2" not in str(refused.value)
    with pytest.raises(Trouble) as refused:
        read_settings({"APARTADO_WEBHOOK_SECRETS": "hunter2"})
    assert "hunter2" not in str(refused.value)


@pytest.mark.parametrize("name", ["APARTADO_DATABASE_URL", "APARTADO_LISTEN_URL"])
@pytest.mark.parametrize(
    "value",
    [
        "postgresq://admin:s3cret@db/shop",
        "postgresql://admin:s3cret%zz@db/shop",
        "postgresql://admin:some@s3cret@db/shop",
        "postgresql://admin:some/s3cret@db/shop",
        "postgresql://admin:s3cret",
        "host=db password=some s3cret",
        "host=db passwort=s3cret",
    ],
)
def test_a_connection_string_that_cannot_be_read_is_not_repeated(name: str, value: str) -> None:
    """Nor half of it: it may be the password, or what stands in its place."""
    with pytest.raises(Trouble, match=f"{name} .*It looks like postgresql://user@host") as refused:
        read_settings({name: value})
    assert "s3cret" not in str(refused.value)
    assert "some" not in str(refused.value)


@pytest.mark.parametrize(
    "value",
    [
        "postgresql://",
        "postgresql://admin:some?s3cret@db/shop",
        "postgres://admin%40eu:p%40ss%2F@db:5432,other:5433/shop%40eu?application_name=a@b",
        "postgresql:///shop?host=/run/postgresql",
        "postgresql://[::1]:5432/shop",
        "host=@abstract dbname=shop@eu password='a b'",
        "service=shop",
    ],
)
def test_whatever_libpq_reads_is_taken(value: str) -> None:
    assert read_settings({"APARTADO_DATABASE_URL": value}).database_url == value
