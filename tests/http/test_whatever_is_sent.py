"""schemathesis, out of the description: whatever is sent is answered as it says.

All of its checks are on, in all of its phases: each limit of each field, well-formed and malformed
requests at random, and chains along the links. ``APARTADO_CASES=10000`` makes at least so many
cases altogether, in some minutes, and prints how many of what it made.
"""

from __future__ import annotations

import os
from collections import Counter
from typing import Any

import pytest
import schemathesis
from schemathesis.checks import CHECKS
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema

from apartado import openapi
from apartado.endpoints import ENDPOINTS
from apartado.errors import EXCEPTIONS, GROUPS
from services import Api, Service, something_of_sql

pytestmark = pytest.mark.one_postgresql

CASES = int(os.environ.get("APARTADO_CASES", "0"))

# an endless answer, and the end of the session that asks
SKIPPED = [
    "/events",
    *(f"/rpc/{name}" for name in ("sign_out", "revoke_session", "rotate_session")),
]

EXPECTED: dict[str, list[str]] = {
    # A struct says names and types, never rules: that there is no half a copy, or none of a name,
    # is said by SQL. So what fits the description may be refused by any rule of the shop, but is
    # never a wrong method, type or length, and never an answer of a failure.
    "positive_data_acceptance": sorted(
        {"2xx", *map(str, {*GROUPS.values(), *EXCEPTIONS.values()})}
    ),
}
"""Where a check is told more than it knows by itself, and why. None is off; two find nothing to do:
no header is required (missing_required_header), and nobody has more than one object of their own
under one address (object_level_authorization: see test_who_may_what.py for that)."""


NOT_ON_THE_WIRE = "(was array, became object)"
"""An address has no objects: an empty one is sent as `kinds=`, a list of one empty text."""

UNTAUGHT = {"extra-data-sources": {"responses": False}}
"""Who learns from answers as whom it speaks, bars or anonymises itself, and is 403 ever after."""

SIZES = {"/metrics", "/rpc/health"}
"""Operators are told there how many rows each table has."""


@schemathesis.check
def nothing_of_sql(_ctx: Any, response: Any, case: Any) -> None:
    if case.path not in SIZES or response.status_code != 200:
        assert something_of_sql(response.text) == []


def _schema(service: Service, operator: Api) -> Any:
    share = CASES * 3 // 4 // len(ENDPOINTS)
    config = {
        "seed": 20_261_127,
        "base-url": service.url,
        "headers": {"Authorization": f"Bearer {operator.token}"},
        "continue-on-failure": True,
        "generation": {"deterministic": True, "max-examples": max(2, share)},
        "checks": {name: {"expected-statuses": found} for name, found in EXPECTED.items()},
        "phases": {
            "coverage": UNTAUGHT | {"unexpected-methods": ["DELETE", "PATCH"]},
            "fuzzing": UNTAUGHT,
            "stateful": {
                "generation": {"max-examples": max(12, share)},
                "inference": {"algorithms": []},
                "max-steps": 8,
            },
        },
    }
    schema: Any = schemathesis.openapi.from_dict(
        openapi.document(), config=SchemathesisConfig.from_dict(config)
    )
    for path in SKIPPED:
        schema = schema.exclude(path=path)
    return schema


def test_is_answered_as_described_and_never_by_5xx(service: Service) -> None:
    """Mutant: read_query without its look at numbers that are no moments."""
    operator = service.operator("nobody-in-an-example")
    for _ in range(3):
        service.item(operator, quantity=10_000)
    made: Counter[str] = Counter()
    tried: Counter[str] = Counter()
    statuses: Counter[int] = Counter()
    wrong: list[str] = []
    for event in from_schema(_schema(service, operator)).execute():
        assert not isinstance(event, events.FatalError | events.NonFatalError), event
        if not isinstance(event, events.ScenarioFinished):
            continue
        made[event.phase.value] += len(event.recorder.interactions)
        for interaction in event.recorder.interactions.values():
            assert interaction.response is not None
            statuses[interaction.response.status_code] += 1
        for checks in event.recorder.checks.values():
            for check in checks:
                tried[check.name] += 1
                info = check.failure_info
                if info is not None and NOT_ON_THE_WIRE not in info.failure.message:
                    wrong.append(f"{check.name}: {info.failure.message}\n{info.code_sample}")
    assert wrong == [], f"{len(wrong)} are wrong:\n" + "\n\n".join(wrong[:10])
    print(f"{made.total():,} cases: {dict(made)}, {dict(sorted(statuses.items()))}")
    assert made.total() >= CASES
    assert made["coverage"] > 3_000
    assert made["stateful"] > 50
    assert {*CHECKS.get_all_names()} - {"max_response_time"} == {*tried}
    assert max(statuses) < 500
    assert statuses[200] > 100
    assert operator.ask("who_am_i")["is_operator"]
    assert operator.ask("check_consistency") == []
