"""Rules over HTTP: values of several kinds, and fields whose names Python keeps for itself."""

from __future__ import annotations

from typing import Any

from services import Service


def test_an_operator_says_the_rules_and_reads_them_back(service: Service) -> None:
    operator, ana = service.operator(), service.member("ana")
    item = service.item(operator, quantity=2)
    values = {"hold": "PT300H", "late_confirm": True, "fit": None}
    said = operator.call("set_policy", policy="wire", values=values, item=item)
    assert (said["values"], said["governs"]) == ({"hold": 1_080_000, "late_confirm": True}, 1)

    vip: dict[str, Any] = {"reason": "a test", "class": "wire-vip"}
    made = operator.call("set_policy", policy="wire-vip", values={"priority": 3}, **vip)
    assert made["members"] == 0
    joined = operator.call("set_member_class", alias="ana", **vip)
    assert (joined["alias"], joined["class"]) == ("ana", "wire-vip")

    rows = operator.ask("explain_policy", item=item, member="ana")
    found = {row["name"]: (row["value"], row["source"]) for row in rows}
    assert found["priority"] == (3, "member_class wire-vip")
    assert found["hold"][0] == 1_080_000
    assert found["item_limit"] == (None, "default")
    [restock] = [row for row in rows if row["name"] == "restock"]
    assert (restock["value"], restock["policy"]) == (True, None)  # the item itself says it

    refused = operator.refused("set_policy", policy="wire", values={"hold": "soon"})
    assert (refused["code"], refused["field"]) == ("RS203", "values")
    assert operator.refused("set_policy", policy="new", values=None)["code"] == "RS205"
    assert ana.refused("set_policy", policy="wire", values={})["code"] == "RS602"
