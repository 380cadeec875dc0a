"""What operators look at and do over HTTP, with the kinds of values that only they send."""

from __future__ import annotations

from services import Service, problem


def test_an_operator_hides_an_item_and_finds_who_did_it(service: Service) -> None:
    operator, ana = service.operator(), service.member("ana")
    item = service.item(operator, quantity=2)
    ana.call("reserve", item=item)
    (holder,) = operator.ask("list_holders", item=item)
    assert (holder["alias"], holder["quantity"], holder["price"]) == ("ana", 1, "12.50")

    reason = 'it "was" \\ found, damaged'
    hidden = operator.call("set_visibility", item=item, visible=False, reason=reason)
    assert (hidden["visible"], hidden["holders"]) == (False, 1)
    assert service.client().get("/rpc/get_item", params={"item": item}).status_code == 404

    (row,) = operator.ask("search_audit", item=item, kinds=["item.hidden", "queue"], limit=5)
    assert (row["reason"], row["details"]["visible"]) == (reason, [True, False])
    assert row["actor"] == operator.ask("who_am_i")["alias"]
    assert row["session_id"] is not None
    assert len(operator.ask("search_audit", item=item, kinds=["item", "reservation"])) == 2
    odd = ["item.hidden", 'odd"kind\\']
    refusal = problem(operator.get("/rpc/search_audit", params={"item": item, "kinds": odd}))
    assert (refusal["status"], refusal["field"]) == (422, "kinds")
    assert refusal["detail"].startswith('kind: odd"kind\\, known: alert.…, cart.…, ')
    assert operator.ask("search_audit", item=item, to="2020-01-01T00:00:00Z") == []

    figures = operator.ask("dashboard", since="2020-01-01T00:00:00Z")
    assert figures["items_by_status"]["hidden"] == 1
    assert figures["open_reservations"] >= 1
    assert ana.get("/rpc/dashboard").status_code == 403


def test_why_an_operator_was_made_and_a_holder_overridden_is_told(service: Service) -> None:
    operator, ana = service.operator(), service.member("ana")
    service.member("bea")
    item = service.item(operator)
    operator.call("grant_operator", alias="ana", reason="she runs the till")
    ana.call("reserve", item=item)
    operator.call(
        "mark_sold", item=item, buyer="bea", override=True, notes="cash", reason="promised"
    )

    told = {(row["kind"], row["reason"]) for row in operator.ask("search_audit")}
    assert ("member.changed", "she runs the till") in told
    assert ("purchase.created", "promised") in told
    (held,) = ana.ask("list_reservations")
    assert (held["status"], held["reason"]) == ("revoked", "promised")
