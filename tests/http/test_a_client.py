"""A client that knows nothing but the README and ``/openapi.json``, and a shop's life with it.

Every request is checked against the description before it is sent, every answer, refusals too,
when it comes: what is not described does not happen.
"""

from __future__ import annotations

from typing import Any

import httpx
import jsonschema_rs
import pytest

from services import PATIENCE, Service
from streams import EventStream

pytestmark = pytest.mark.one_postgresql


class Client:
    """One person's client."""

    def __init__(self, url: str, document: dict[str, Any], token: str | None = None) -> None:
        self._http = httpx.Client(base_url=url, timeout=PATIENCE)
        self._document = document
        self._token = token
        self._operations = {
            operation["operationId"]: (method, path, operation)
            for path, methods in document["paths"].items()
            for method, operation in methods.items()
        }

    def becomes(self, token: str) -> None:
        self._token = token

    def has(self, name: str, key: str | None = None, /, **fields: Any) -> Any:
        """The answer of an operation that succeeds."""
        answer = self._send(name, key, fields)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def refused(self, name: str, /, **fields: Any) -> str:
        """The code of an operation that is refused."""
        answer = self._send(name, None, fields)
        assert answer.status_code >= 400, answer.text
        code: str = answer.json()["code"]
        return code

    def _send(self, name: str, key: str | None, fields: dict[str, Any]) -> httpx.Response:
        method, path, operation = self._operations[name]
        headers = {} if self._token is None else {"Authorization": f"Bearer {self._token}"}
        if key is not None:
            assert "Idempotency-Key" in self._headers_of(operation)
            headers["Idempotency-Key"] = key
        if method == "get":
            described = {one["name"] for one in operation.get("parameters", ())}
            assert set(fields) <= described
            answer = self._http.get(path, params=fields, headers=headers)
        else:
            self._check(fields, operation["requestBody"]["content"]["application/json"])
            answer = self._http.post(path, json=fields, headers=headers)
        self._check_answer(operation, answer)
        return answer

    def _headers_of(self, operation: dict[str, Any]) -> list[str]:
        known = self._document["components"]["parameters"]
        taken = [known[one["$ref"].split("/")[-1]] for one in operation["parameters"]]
        return [one["name"] for one in taken if one["in"] == "header"]

    def _check_answer(self, operation: dict[str, Any], answer: httpx.Response) -> None:
        described = operation["responses"][str(answer.status_code)]
        if "$ref" in described:
            described = self._document["components"]["responses"][described["$ref"].split("/")[-1]]
        for name in described.get("headers", {}):
            assert name in answer.headers, name
        self._check(answer.json(), described["content"][answer.headers["content-type"]])

    def _check(self, value: Any, content: dict[str, Any]) -> None:
        whole = {**content["schema"], "components": self._document["components"]}
        jsonschema_rs.Draft202012Validator(whole).validate(value)


@pytest.fixture
def document(service: Service) -> dict[str, Any]:
    found: dict[str, Any] = httpx.get(f"{service.url}/openapi.json").json()
    return found


def test_a_whole_life(service: Service, document: dict[str, Any]) -> None:
    """Import, sign in, reserve, refuse, wait, follow, hand on, confirm, buy, see it all."""

    def signed_in(alias: str) -> Client:
        client = Client(service.url, document)
        client.becomes(client.has("sign_in", alias=alias)["token"])
        return client

    luis, ana, ben = signed_in("luis"), signed_in("ana"), signed_in("ben")
    with service.database.connect("dba") as connection:
        connection.execute("select apartado.grant_operator(null, 'luis')")
    assert luis.has("who_am_i")["is_operator"]
    (row,) = luis.has("put_items", items=[{"sku": "lp-1", "title": "Blue Train", "price": "25"}])
    item = ana.has("item_id", sku="lp-1")["item_id"]
    assert item == row["item_id"]

    held = ana.has("reserve", "first", item=item)
    assert ana.has("reserve", "first", item=item) == held  # the same key, the same answer
    assert ana.refused("reserve", item=item) == "RS302"
    reservation = held["reservation_id"]
    longer = ana.has("extend_reservation", reservation=reservation, by="PT1H")
    assert longer["expires_at"] > held["expires_at"]
    assert ben.refused("reserve", item=item) == "RS301"
    assert ben.has("join_queue", item=item)["position"] == 1
    assert ben.has("get_queue_position", item=item)["position"] == 1
    assert ben.has("get_status", item=item)["status"] == "in_queue"
    assert ben.refused("cancel_reservation", reservation=reservation) == "RS102"
    assert ana.has("cancel_reservation", reservation=reservation)["promoted"] == 1

    (his,) = ben.has("list_reservations")
    assert ben.refused("confirm_reservation", reservation=10**15) == "RS102"
    bought = ben.has("confirm_reservation", reservation=his["reservation_id"])
    assert (bought["price"], bought["remaining"]) == ("25.00", 0)
    (purchase,) = ben.has("list_purchases")
    assert purchase["sku"] == "lp-1"
    assert ana.has("get_status", item=item)["status"] == "sold"
    assert ana.refused("mark_sold", item=item) == "RS602"
    assert Client(service.url, document).refused("reserve", item=item) == "RS601"
    assert luis.has("check_consistency") == []
    assert all(check["name"] for check in luis.has("health"))
    assert ana.has("is_ready")["live"]


def test_the_stream_goes_on_where_it_was_left(service: Service, document: dict[str, Any]) -> None:
    events = document["paths"]["/events"]["get"]
    assert "text/event-stream" in events["responses"]["200"]["content"]
    assert {"item", "after", "Last-Event-ID"} <= {one["name"] for one in events["parameters"]}
    operator, ana = service.operator(), service.member("ana")
    item = service.item(operator)
    held = ana.call("reserve", item=item)["reservation_id"]
    with EventStream(service.port, f"?item={item}&after=0") as first:
        assert "reservation.created" in (event.kind for event in first.events())
        cursor = first.cursor
    ana.call("cancel_reservation", reservation=held)
    with EventStream(service.port, f"?item={item}", Last_Event_ID=str(cursor)) as again:
        assert next(again.events()).kind == "reservation.cancelled"
