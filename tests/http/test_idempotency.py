"""The header Idempotency-Key: the same key gives the same answer."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from services import Service, problem

KEY = {"Idempotency-Key": "order-17"}


def test_the_same_request_under_its_key_is_answered_once(service: Service) -> None:
    operator, ana = service.operator(), service.member("ana")
    item = service.item(operator, quantity=5)
    first = ana.post("/rpc/reserve", json={"item": item}, headers=KEY)
    second = ana.post("/rpc/reserve", json={"item": item}, headers=KEY)
    assert first.status_code == second.status_code == 200
    assert second.json() == first.json()
    assert len(ana.ask("list_reservations")) == 1


def test_another_request_under_the_key_is_refused(service: Service) -> None:
    operator, ana = service.operator(), service.member("ana")
    item = service.item(operator, quantity=5)
    ana.call("reserve", item=item, headers=KEY)
    answer = ana.post("/rpc/reserve", json={"item": item, "quantity": 2}, headers=KEY)
    assert (problem(answer)["code"], answer.status_code) == ("RS310", 409)


def test_a_refusal_is_not_remembered(service: Service) -> None:
    operator, ana = service.operator(), service.member("ana")
    item = service.item(operator, quantity=1)
    answer = ana.post("/rpc/reserve", json={"item": item, "quantity": 2}, headers=KEY)
    assert problem(answer)["code"] == "RS301"
    operator.call("adjust_stock", item=item, delta=1, reason="one more")
    again = ana.post("/rpc/reserve", json={"item": item, "quantity": 2}, headers=KEY)
    assert again.json()["outcome"] == "reserved"


def test_trap_70_the_same_key_at_once_on_two_items(service: Service) -> None:
    operator, ana = service.operator(), service.member("ana")
    items = [service.item(operator, quantity=9) for _ in range(2)]

    def reserve(number: int) -> int:
        client = service.client(ana.token)
        answer = client.post("/rpc/reserve", json={"item": items[number % 2]}, headers=KEY)
        return answer.status_code

    with ThreadPoolExecutor(16) as workers:
        statuses = list(workers.map(reserve, range(32)))
    assert set(statuses) == {200, 409}
    assert len(ana.ask("list_reservations")) == 1


def test_a_key_where_none_is_taken_does_no_harm(service: Service) -> None:
    answer = service.client().post("/rpc/sign_in", json={"alias": "ana"}, headers=KEY)
    assert answer.status_code == 200
    other = service.client().post("/rpc/sign_in", json={"alias": "bea"}, headers=KEY)
    assert other.json()["alias"] == "bea"
