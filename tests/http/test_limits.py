"""How often, over HTTP: tries at secrets for an alias and from an address, commands of sessions."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from apartado.callers import Caller, address_of
from apartado.pool import Pool, Table
from apartado.rates import MOST_SESSIONS, Rates
from services import Api, Service

pytestmark = pytest.mark.one_postgresql

SECRET = "s" * 40


def _limit(service: Service, **limits: int) -> None:
    named = ", ".join(f"p_{name} => {value}" for name, value in limits.items())
    with service.database.connect("dba") as connection:
        connection.execute(f"select from apartado.change_settings(null, {named})".encode())


def _guess(client: Api, alias: str) -> str:
    code: str = client.refused("sign_in", alias=alias, secret="guess")["code"]
    return code


def _command(client: Api) -> int:
    """A command that is refused for what it wants: it counts as well."""
    return client.post("/rpc/cancel_reservation", json={"reservation": 404}).status_code


# -- tries at secrets ----------------------------------------------------------------------------


def test_failures_from_one_address_add_up_over_all_aliases(service: Service) -> None:
    visitor = service.client()
    _limit(service, address_limit=5)
    for number in range(5):
        visitor.call("sign_in", alias=f"m{number}", secret=SECRET)
    assert [_guess(visitor, f"m{number}") for number in range(5)] == ["RS601"] * 5
    refused = visitor.post("/rpc/sign_in", json={"alias": "m0", "secret": SECRET})
    assert (refused.status_code, refused.json()["field"]) == (429, "address")
    assert 1 <= int(refused.headers["retry-after"]) <= 300
    assert visitor.refused("pair", code="0")["code"] == "RS505"
    with service.database.connect() as connection:
        rows = connection.execute("select kind, subject from apartado.attempts").fetchall()
    assert "address" in {kind for kind, _ in rows}
    assert not [subject for _, subject in rows if "127.0.0.1" in subject]


def test_a_crowd_from_one_address_comes_in(service: Service) -> None:
    """Each try counts until it succeeds; who succeeds, however many at once, is no failure."""
    _limit(service, address_limit=5)
    with ThreadPoolExecutor(20) as crowd:
        tokens = list(crowd.map(lambda n: service.member(f"m{n}").token, range(60)))
    assert len(set(tokens)) == 60
    with service.database.connect() as connection:
        (failures,) = connection.execute("select sum(tries) from apartado.attempts").fetchall()
    assert failures == (0,)


def test_who_comes_in_after_a_mistake_locks_nobody_out(service: Service) -> None:
    """As the board does: it brings a secret of its own first, in case the alias is new."""
    _limit(service, address_limit=5)
    door = service.client()
    for number in range(8):
        door.call("sign_in", alias=f"m{number}", secret=SECRET)
    for number in range(8):
        assert _guess(door, f"m{number}") == "RS601"
        door.call("sign_in", alias=f"m{number}", secret=SECRET)
    assert [_guess(door, "m0") for _ in range(6)] == ["RS601"] * 5 + ["RS505"]


def test_two_services_count_the_same_failures(service: Service) -> None:
    _limit(service, address_limit=6, alias_limit=4)
    service.client().call("sign_in", alias="ana", secret=SECRET)
    with Service(service.database) as other:
        doors = [service.client(), other.client()]
        found = [_guess(doors[number % 2], "ana") for number in range(6)]
        assert found == ["RS601"] * 4 + ["RS505"] * 2
        found = [_guess(doors[number % 2], f"x{number}") for number in range(1)]
        assert found == ["RS205"]
        doors[0].call("sign_in", alias="ben", secret=SECRET)
        found = [_guess(doors[number % 2], "ben") for number in range(2)]
        assert found == ["RS601", "RS505"]


def test_a_proxy_that_is_trusted_says_whence(service: Service) -> None:
    _limit(service, address_limit=1)
    forged = {"X-Forwarded-For": "198.51.100.1"}
    service.client().call("sign_in", alias="ana", secret=SECRET)
    body = {"alias": "ana", "secret": "guess"}

    def statuses(of: Service, *headers: dict[str, str]) -> list[int]:
        client = of.client()
        return [client.post("/rpc/sign_in", json=body, headers=one).status_code for one in headers]

    with Service(service.database, trusted_proxies=("127.0.0.1/32", "192.0.2.0/24")) as behind:
        first = {"X-Forwarded-For": "203.0.113.9, 198.51.100.1, 192.0.2.3"}
        second = {"X-Forwarded-For": "203.0.113.9, 198.51.100.2"}
        assert statuses(behind, first, first, second) == [401, 429, 401]
    assert statuses(service, {}, forged) == [401, 429]


@pytest.mark.parametrize(
    ("client", "found"),
    [
        (("192.0.2.7", 5), "192.0.2.7"),
        (("::ffff:192.0.2.7", 5), "192.0.2.7"),
        (("fe80::1%eth0", 5), "fe80::1"),
        (("", 0), None),
        (("unknown", 0), None),
        (None, None),
    ],
)
def test_an_address_is_one_or_none(client: Any, found: str | None) -> None:
    scope: Any = {"type": "http", "client": client}
    assert address_of(scope) == found


# -- commands of a session -----------------------------------------------------------------------


def test_a_session_gives_so_many_commands_a_minute(service: Service) -> None:
    _limit(service, command_limit=10)
    ana, ben = service.member("ana"), service.member("ben")
    assert [_command(ana) for _ in range(11)] == [404] * 10 + [429]
    refused = ana.post("/rpc/cancel_reservation", json={"reservation": 404})
    assert (refused.json()["code"], refused.json()["field"]) == ("RS505", "token")
    assert 1 <= int(refused.headers["retry-after"]) <= 60
    assert ana.ask("who_am_i")["alias"] == "ana"
    assert _command(ben) == 404
    service.database_clock("+ interval '1 minute'")
    assert _command(ana) == 404


def test_a_lowered_limit_holds_within_seconds(service: Service) -> None:
    """Not only after a twentieth of the limit that was: 300 commands of each session."""
    ana, ben = service.member("ana"), service.member("ben")
    assert _command(ana) == 404
    _limit(service, command_limit=3)
    service.until(lambda: service.parts.service.rates._every == 1)
    assert _command(ana) == 404
    assert _command(ana) == 404
    assert _command(ana) == 429
    assert [_command(ben) for _ in range(4)] == [404] * 3 + [429]
    _limit(service, command_limit=0)
    service.until(lambda: _command(ben) == 404)


def test_trap_64_what_is_refused_counts_although_it_is_rolled_back(service: Service) -> None:
    _limit(service, command_limit=3)
    ana = service.member("ana")
    assert {ana.refused("reserve", item=404)["code"] for _ in range(3)} == {"RS101"}
    assert ana.refused("reserve", item=404)["code"] == "RS505"


def test_two_services_share_the_limit(service: Service) -> None:
    """Each keeps up to a twentieth of the limit, less one, to itself: 100 is 100 and at most 8."""
    _limit(service, command_limit=100)
    token = service.member("ana").token
    with Service(service.database) as other:
        doors = [service.client(token), other.client(token)]
        found = [_command(doors[number % 2]) for number in range(120)]
        given = found.count(404)
        assert set(found) == {404, 429}
        assert 100 <= given <= 108
        assert found[:100] == [404] * 100
        assert {_command(door) for door in doors for _ in range(3)} == {429}


def test_many_at_once_do_not_slip_through(service: Service) -> None:
    _limit(service, command_limit=40)
    token = service.member("ana").token
    with ThreadPoolExecutor(16) as workers:
        found = list(workers.map(lambda _: _command(service.client(token)), range(120)))
    assert 40 <= found.count(404) <= 41 + 16
    assert _command(service.client(token)) == 429


class _Ledger(Pool):
    """A pool that notes what is told, and says that it wants to be told of every tenth."""

    def __init__(self) -> None:
        self.told: list[int] = []

    async def run(self, statement: str, values: Any, **_: Any) -> Table:
        self.told.append(int(values[1]))
        return Table(["every"], [(10,)])


def test_few_commands_cost_the_database_nothing() -> None:
    """The first of a service asks how often; from then on only every tenth of a session."""

    async def play() -> list[int]:
        pool = _Ledger()
        rates = Rates(pool)
        for number in range(1, 30):
            for token in ("a", "b", None):
                await rates.count(Caller(token, False, "en"))
            assert len(pool.told) <= 1 + 2 * (number // 10)
        return pool.told

    assert asyncio.run(play()) == [1, 10, 10, 10, 10]


def test_invented_tokens_fill_no_memory() -> None:
    async def play() -> int:
        rates = Rates(_Ledger())
        for number in range(3 * MOST_SESSIONS):
            await rates.count(Caller(str(number), False, "en"))
        return len(rates._counts)

    assert asyncio.run(play()) <= MOST_SESSIONS + 1


def test_an_endless_token_is_nobodys_and_is_not_remembered(service: Service) -> None:
    """It is refused as any other that is unknown, in the words of SQL, and costs no memory."""
    endless = [str(number) + "x" * 60_000 for number in range(3)]
    doors = [service.client(token) for token in ("unknown", *endless)]
    cookie = {"Cookie": f"apartado_session={endless[0]}", "Sec-Fetch-Site": "same-origin"}
    answers = [door.post("/rpc/cancel_reservation", json={"reservation": 404}) for door in doors]
    answers += [door.get("/rpc/who_am_i") for door in doors]
    answers += [service.client().get("/rpc/who_am_i", headers=cookie)]
    assert [answer.status_code for answer in answers] == [401] * 9
    assert {answer.text for answer in answers} == {answers[0].text}
    assert not set(endless) & set(service.parts.service.rates._counts)
    assert max(map(len, service.parts.service.rates._counts), default=0) < 1_000
