"""A page's sections over HTTP: JSON within the request, which goes to the database as it is."""

from __future__ import annotations

from services import Service


def test_a_page_has_its_sections_as_they_are_sent(service: Service) -> None:
    operator = service.operator()
    sections = [
        {"slug": "hours", "type": "text", "cms_id": "cms-7"},
        {"slug": "map", "type": "map"},
    ]
    made = operator.call("put_page", slug="wire-visit", type="visit", sections=sections)
    found = [(one["slug"], one["cms_id"]) for one in made["sections"]]
    assert found == [("hours", "cms-7"), ("map", None)]

    kept = operator.call("put_page", slug="wire-visit", sections=None)
    assert (
        kept["sections"]
        == made["sections"]
        == operator.ask("get_page", slug="wire-visit")["sections"]
    )
    assert operator.call("put_page", slug="wire-visit", sections=[])["sections"] == []

    refused = operator.refused("put_page", slug="wire-visit", sections={"slug": "hours"})
    assert (refused["code"], refused["field"]) == ("RS205", "sections")
