"""Tokens of another login: who signs in with one, who links one, and which are none."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import logging
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from apartado.errors import Refusal
from apartado.identities import LONGEST, Verifier, read_keys, verifier_for
from apartado.settings import Settings, Trouble, read_settings
from clusters import Server
from services import Service

ISSUER, AUDIENCE = "https://login.example", "apartado"
SECRET = "a secret that the other login shares with this service, and nobody else"

RSA = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER_RSA = rsa.generate_private_key(public_exponent=65537, key_size=2048)
P256 = ec.generate_private_key(ec.SECP256R1())
ED = ed25519.Ed25519PrivateKey.generate()
SIGNERS: dict[str, Any] = {"RS256": RSA, "ES256": P256, "EdDSA": ED}

pytestmark = pytest.mark.one_postgresql


def pem(private: Any) -> str:
    public = private.public_key()
    return str(public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo), "ascii")


def jwk(private: Any, name: str, **more: Any) -> dict[str, Any]:
    kinds: list[tuple[Any, Any]] = [
        (rsa.RSAPrivateKey, jwt.algorithms.RSAAlgorithm),
        (ec.EllipticCurvePrivateKey, jwt.algorithms.ECAlgorithm),
        (ed25519.Ed25519PrivateKey, jwt.algorithms.OKPAlgorithm),
    ]
    (kind,) = [maker for key, maker in kinds if isinstance(private, key)]
    made: dict[str, Any] = json.loads(kind.to_jwk(private.public_key()))
    return {**made, "kid": name, **more}


def claims(**changed: Any) -> dict[str, Any]:
    now = int(time.time())
    made = {"iss": ISSUER, "aud": AUDIENCE, "sub": "s-1", "iat": now, "exp": now + 300, **changed}
    return {name: value for name, value in made.items() if value is not None}


def token(algorithm: str = "RS256", key: Any = RSA, kid: str | None = None, **changed: Any) -> str:
    headers = {} if kid is None else {"kid": kid}
    return jwt.encode(claims(**changed), key, algorithm=algorithm, headers=headers)


def by_hand(header: dict[str, Any], key: bytes = b"") -> str:
    """A token that no honest library makes: HMAC over whatever, or nothing at all."""

    def part(value: bytes) -> str:
        return base64.urlsafe_b64encode(value).rstrip(b"=").decode()

    signed = part(json.dumps(header).encode()) + "." + part(json.dumps(claims()).encode())
    mark = hmac.new(key, signed.encode(), hashlib.sha256).digest() if key else b""
    return f"{signed}.{part(mark)}"


def verifier(key: str) -> Verifier:
    return verifier_for(Settings(jwt_issuer=ISSUER, jwt_audience=AUDIENCE, jwt_key=key))


def refused(judge: Verifier, sent: str | None) -> str:
    with pytest.raises(Refusal) as found:
        judge.verify(sent)
    assert (found.value.field, found.value.text) == ("jwt", "RS601/jwt")
    return found.value.code


@pytest.fixture(scope="module")
def shop(server: Server) -> Iterator[Service]:
    """A service that knows the public key of another login."""
    made = server.clone()
    with Service(made, jwt_issuer=ISSUER, jwt_audience=AUDIENCE, jwt_key=pem(RSA)) as running:
        yield running
    server.drop(made.name)


# -- which tokens ----------------------------------------------------------------------------------


@pytest.mark.parametrize("algorithm", SIGNERS)
def test_each_kind_of_key_goes_with_its_algorithm(algorithm: str) -> None:
    judge = verifier(pem(SIGNERS[algorithm]))
    for other, key in SIGNERS.items():
        if other == algorithm:
            assert judge.verify(token(other, key)) == (ISSUER, "s-1")
        else:
            assert refused(judge, token(other, key)) == "RS601"


def test_clocks_may_be_a_minute_apart() -> None:
    judge, now = verifier(pem(RSA)), int(time.time())
    shifted: list[dict[str, Any]] = [{"exp": now - 30}, {"nbf": now + 30}, {"iat": now + 30}]
    for late in shifted:
        assert judge.verify(token(**late)) == (ISSUER, "s-1"), late


WRONG: dict[str, dict[str, Any]] = {
    "expired": {"exp": int(time.time()) - 90},
    "not yet": {"nbf": int(time.time()) + 3600},
    "made in the future": {"iat": int(time.time()) + 3600},
    "for somebody else": {"aud": "another"},
    "for nobody": {"aud": None},
    "of another issuer": {"iss": "https://evil.example"},
    "of no issuer": {"iss": None},
    "for ever": {"exp": None},
    "made never": {"iat": None},
    "about nobody": {"sub": None},
    "about a number": {"sub": 1},
    "about no text": {"sub": "a\0b"},
    "about half a character": {"sub": "a\ud800b"},
    "until a word": {"exp": "tomorrow"},
}


@pytest.mark.parametrize("what", WRONG)
def test_a_token_that_does_not_say_what_it_must_is_refused(what: str) -> None:
    payload = claims(**WRONG[what])
    sent = jwt.api_jws.encode(json.dumps(payload).encode(), RSA, algorithm="RS256")
    assert refused(verifier(pem(RSA)), sent) == "RS601"


def test_no_algorithm_is_the_token_s_to_choose() -> None:
    """Mutants: the algorithm of the header is taken; a public key is taken for a secret."""
    judge = verifier(pem(RSA))
    public = pem(RSA).encode()
    for name in ("none", "None", "NONE", ""):
        assert refused(judge, by_hand({"alg": name, "typ": "JWT"})) == "RS601"
    assert refused(judge, by_hand({"alg": "HS256", "typ": "JWT"}, public)) == "RS601"
    assert refused(judge, by_hand({"alg": "HS256", "typ": "JWT"}, public.strip())) == "RS601"
    assert refused(judge, by_hand({"alg": "RS256", "typ": "JWT"}, public)) == "RS601"
    assert refused(judge, token("RS512")) == "RS601"
    assert refused(judge, token("PS256")) == "RS601"
    assert refused(judge, token(key=OTHER_RSA)) == "RS601"
    embedded = {"alg": "RS256", "jwk": jwk(OTHER_RSA, "mine")}
    sent = jwt.encode(claims(), OTHER_RSA, algorithm="RS256", headers=embedded)
    assert refused(judge, sent) == "RS601"


def test_a_secret_is_one_only_where_it_was_given_as_one() -> None:
    settings = Settings(jwt_issuer=ISSUER, jwt_audience=AUDIENCE, jwt_secret=SECRET)
    judge = verifier_for(settings)
    assert judge.verify(token("HS256", SECRET)) == (ISSUER, "s-1")
    assert refused(judge, token("HS256", SECRET + "!")) == "RS601"
    assert refused(judge, token("HS512", SECRET)) == "RS601"
    assert refused(judge, token()) == "RS601"


def test_what_is_no_token_is_refused() -> None:
    judge = verifier(pem(RSA))
    good = token()
    deep = base64.urlsafe_b64encode(b"[" * 9000).decode()
    odd = [
        "",
        ".",
        "..",
        "a.b.c",
        "\u00e9.\u00e9.\u00e9",
        good[:-4],
        good + "A",
        good + ".x",
        deep + ".e30.x",
    ]
    for sent in [None, *odd, "x" * (LONGEST + 1), good.replace(".", "..", 1)]:
        assert refused(judge, sent) == "RS601"
    assert refused(Verifier("", "", []), good) == "RS601"


def test_a_set_of_keys_knows_them_by_name(tmp_path: Path) -> None:
    keys = [
        jwk(RSA, "one", use="sig", alg="RS256"),
        jwk(P256, "two"),
        jwk(OTHER_RSA, "sealed", use="enc"),
        {"kty": "EC", "crv": "P-384", "kid": "odd"},
    ]
    file = tmp_path / "keys.json"
    file.write_text(json.dumps({"keys": keys}))
    for given in (json.dumps({"keys": keys}), str(file)):
        judge = verifier(given)
        assert judge.verify(token(kid="one"))
        assert judge.verify(token())
        assert judge.verify(token("ES256", P256, kid="two"))
        assert refused(judge, token(kid="two")) == "RS601"
        assert refused(judge, token(kid="unheard of")) == "RS601"
        assert refused(judge, token(key=OTHER_RSA, kid="sealed")) == "RS601"
        assert refused(judge, token(key=OTHER_RSA)) == "RS601"
    file.write_text(pem(ED))
    assert verifier(str(file)).verify(token("EdDSA", ED))


@pytest.mark.parametrize(
    "key",
    [
        "/nowhere/key.pem",
        "{not json",
        '{"keys": []}',
        '{"keys": 5}',
        json.dumps({"keys": [{"kty": "oct", "k": "c2VjcmV0", "kid": "s"}]}),
        "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----",
        str(RSA.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()), "ascii"),
        pem(rsa.generate_private_key(public_exponent=65537, key_size=1024)),
        pem(ec.generate_private_key(ec.SECP384R1())),
    ],
)
def test_what_is_no_key_is_said_at_the_start(key: str) -> None:
    with pytest.raises(Trouble, match="APARTADO_JWT_KEY") as found:
        read_keys(key)
    assert "PRIVATE" not in str(found.value)


@pytest.mark.parametrize(
    "given",
    [
        {"ISSUER": ISSUER},
        {"ISSUER": ISSUER, "AUDIENCE": AUDIENCE},
        {"KEY": "key", "AUDIENCE": AUDIENCE},
        {"ISSUER": ISSUER, "AUDIENCE": AUDIENCE, "KEY": "key", "SECRET": SECRET},
        {"ISSUER": ISSUER, "AUDIENCE": AUDIENCE, "SECRET": "short"},
    ],
)
def test_half_a_login_is_none(given: dict[str, str]) -> None:
    with pytest.raises(Trouble, match="APARTADO_JWT") as found:
        read_settings({f"APARTADO_JWT_{name}": value for name, value in given.items()})
    assert SECRET not in str(found.value)


# -- over HTTP -------------------------------------------------------------------------------------


def test_a_member_links_the_subject_of_a_token_and_signs_in_with_it(shop: Service) -> None:
    ana, ben = shop.member("ana"), shop.member("ben")
    linked = ana.call("link_identity", jwt=token(sub="ana@login"))
    assert set(linked) == {"alias", "issuer", "subject", "linked_at"}
    assert (linked["alias"], linked["issuer"], linked["subject"]) == ("ana", ISSUER, "ana@login")
    assert ana.call("link_identity", jwt=token(sub="ana@login")) == linked
    taken = ben.refused("link_identity", jwt=token(sub="ana@login"))
    assert (taken["code"], taken["field"]) == ("RS312", "jwt")
    assert "somebody else" in taken["title"]
    assert "ana" not in taken["title"] + taken["hint"] + str(taken.get("detail"))
    made = shop.client().call("sign_in_with_identity", jwt=token(sub="ana@login"), language="es")
    assert (made["alias"], made["recovery_secret"], made["language"]) == ("ana", None, "es")
    assert shop.client(made["token"]).ask("who_am_i")["alias"] == "ana"
    assert shop.client().refused("link_identity", jwt=token())["code"] == "RS601"


def test_nobody_says_who_they_are_without_a_token(shop: Service) -> None:
    ana = shop.member("anna")
    for name in ("issuer", "subject", "p_subject"):
        for function in ("link_identity", "sign_in_with_identity"):
            refused = ana.refused(function, jwt=token(), **{name: "s-1"})
            assert (refused["code"], refused["field"]) == ("RS205", name)
    assert ana.refused("link_identity")["field"] == "jwt"


def test_a_new_subject_claims_an_alias(shop: Service) -> None:
    visitor = shop.client()
    alone = visitor.refused("sign_in_with_identity", jwt=token(sub="new"))
    assert (alone["code"], alone["status"], alone["field"]) == ("RS601", 401, "jwt")
    assert alone["title"] == "That other login is linked to nobody here."
    made = visitor.call("sign_in_with_identity", jwt=token(sub="new"), alias="Nora")
    assert (made["alias"], len(made["recovery_secret"])) == ("nora", 64)
    taken = visitor.refused("sign_in_with_identity", jwt=token(sub="newer"), alias="nora")
    assert (taken["code"], taken["field"]) == ("RS601", "alias")
    assert "link_identity" in taken["hint"]
    same_origin = {"Origin": shop.url, "Sec-Fetch-Site": "same-origin", "X-Apartado-Cookie": "1"}
    body = {"jwt": token(sub="new")}
    answer = visitor.post("/rpc/sign_in_with_identity", json=body, headers=same_origin)
    assert "token" not in answer.json()
    assert visitor.ask("who_am_i")["alias"] == "nora"


def test_bad_tokens_are_counted_for_their_address(service: Service) -> None:
    """And a service that knows no other login believes none."""
    visitor = service.client()
    found = [visitor.refused("sign_in_with_identity", jwt=token()) for _ in range(21)]
    assert [one["code"] for one in found] == ["RS601"] * 20 + ["RS505"]
    assert found[0]["title"] == "That token of another login is not believed."
    assert "APARTADO_JWT" in found[0]["hint"]


def test_trap_55_no_token_of_another_login_is_in_any_log_line_or_event(
    shop: Service, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    good, bad = token(sub="logged"), token(sub="logged", aud="another")
    shop.client().call("sign_in_with_identity", jwt=good, alias="logged")
    shop.client().refused("sign_in_with_identity", jwt=bad)
    with shop.database.connect() as connection:
        ledger = str(connection.execute("select e::text from apartado.events e").fetchall())
    ours = [record for record in caplog.records if record.name.startswith(("apartado", "uvicorn"))]
    lines = [record.getMessage() + str(record.exc_text or "") for record in ours]
    assert not [line for line in [*lines, ledger] for sent in (good, bad) if sent in line]
