"""schemathesis, out of the description: what fits it, or nearly, is answered as it says.

``APARTADO_CASES=10000`` makes so many cases altogether.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from apartado import openapi
from clusters import Server
from services import Api, Service

pytestmark = pytest.mark.one_postgresql

# an endless answer, and the end of the session
SKIPPED = {"/events", "/rpc/sign_out", "/rpc/revoke_session"}

SCHEMA: Any = schemathesis.openapi.from_dict(openapi.document())
OPERATIONS = [
    operation
    for operation in (found.ok() for found in SCHEMA.get_all_operations())
    if operation.path not in SKIPPED
]
# for each function and each mode: more than a thousand in all
EXAMPLES = max(8, int(os.environ.get("APARTADO_CASES", "0")) // len(OPERATIONS) // 2 + 1)
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]


@pytest.fixture(scope="module")
def operator(server: Server) -> Iterator[Api]:
    database = server.clone()
    with Service(database) as service:
        client = service.operator()
        for _ in range(3):
            service.item(client)
        yield client
    server.drop(database.name)


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.label)
def test_is_answered_as_described_and_never_by_5xx(
    operator: Api, operation: Any, mode: GenerationMode
) -> None:
    takes_anything = operation.query or operation.body or operation.headers
    if mode is GenerationMode.NEGATIVE and not takes_anything:
        return  # there is nothing that could be wrong

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def probe(case: Any) -> None:
        answer = case.call(
            base_url=str(operator.base_url), headers={"Authorization": f"Bearer {operator.token}"}
        )
        case.validate_response(answer, checks=CHECKS)

    probe()
