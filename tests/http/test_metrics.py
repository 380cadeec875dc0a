"""``/metrics``: who may read it, and that Prometheus can."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from clusters import Server
from services import Service, problem
from streams import EventStream

pytestmark = pytest.mark.one_postgresql

TOKEN = "a token of the scraper"
SCRAPER = {"Authorization": f"Bearer {TOKEN}"}
LINE = re.compile(
    r'(?P<name>[a-z_]+)(\{(?P<labels>[a-z_]+="[^"\\]*"(,[a-z_]+="[^"\\]*")*)\})? (?P<value>\S+)'
)


@pytest.fixture(scope="module")
def measured(server: Server) -> Iterator[Service]:
    database = server.clone()
    with Service(database, metrics_token=TOKEN) as running:
        yield running
    server.drop(database.name)


def _figures(text: str) -> dict[str, float]:
    """Every sample; each must follow the HELP and TYPE of its name."""
    found: dict[str, float] = {}
    family = ""
    for line in text.splitlines():
        if line.startswith("# TYPE "):
            family = line.split(" ")[2]
        elif not line.startswith("# HELP "):
            sample = LINE.fullmatch(line)
            assert sample is not None, line
            assert re.fullmatch(rf"{family}(_bucket|_sum|_count)?", sample["name"]), line
            key = sample["name"] + (f"{{{sample['labels']}}}" if sample["labels"] else "")
            assert key not in found, line
            found[key] = float(sample["value"])
    return found


def test_the_scraper_reads_the_shop_and_the_process(measured: Service) -> None:
    operator, ana = measured.operator(), measured.member("ana")
    ana.call("reserve", item=measured.item(operator))
    answer = measured.client().get("/metrics", headers=SCRAPER)
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    assert answer.headers["cache-control"] == "no-store"
    figures = _figures(answer.text)
    assert figures['apartado_units{state="reserved"}'] == 1
    assert figures['apartado_http_requests_total{address="/rpc/reserve",status="200"}'] == 1
    assert figures['apartado_http_request_duration_seconds_count{address="/rpc/reserve"}'] == 1
    last = 'apartado_http_request_duration_seconds_bucket{address="/rpc/reserve",le="+Inf"}'
    assert figures[last] == 1
    assert figures["apartado_database_up"] == 1
    assert figures['apartado_pool_connections{state="most"}'] == 8
    assert "ana" not in re.findall(r"\w+", answer.text)


def test_what_the_stream_delivered_is_counted(measured: Service) -> None:
    def figure(name: str) -> float:
        return _figures(measured.client().get("/metrics", headers=SCRAPER).text)[name]

    operator = measured.operator("oona")
    item = measured.item(operator)
    before = figure("apartado_stream_messages_total")
    with EventStream(measured.port, f"?item={item}") as reader:
        measured.until(lambda: len(measured.parts.hub.readers) == 1)
        operator.call("adjust_stock", item=item, delta=1, reason="more")
        next(reader.events())
        assert figure("apartado_stream_messages_total") > before
        measured.parts.hub.readers[0].cut_off()
    measured.until(lambda: figure("apartado_streams_cut_off_total") == 1)
    assert figure("apartado_stream_messages_total") > before
    answered = measured.client().get("/metrics", headers=SCRAPER).text
    assert re.findall(r'^apartado_http_\w+\{address="/events".*', answered, re.M) == [
        'apartado_http_requests_total{address="/events",status="200"} 1'
    ]


def test_nobody_else_reads_them_but_operators(measured: Service) -> None:
    assert measured.operator("otto").get("/metrics").status_code == 200
    assert problem(measured.member("ben").get("/metrics"))["code"] == "RS602"
    visitor = measured.client()
    assert problem(visitor.get("/metrics"))["code"] == "RS601"
    wrong = visitor.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}x"})
    assert problem(wrong)["code"] == "RS601"
    assert problem(visitor.post("/metrics"))["code"] == "wrong_method"


def test_a_dead_cookie_is_forgotten_here_too(measured: Service) -> None:
    """A browser that opens the address brings its cookie, and cannot drop it by itself."""
    otto = measured.operator("olaf")
    cookie = {"Cookie": f"apartado_session={otto.token}"}
    visitor = measured.client()
    assert "set-cookie" not in visitor.get("/metrics", headers=cookie).headers
    otto.call("sign_out")
    wrong = visitor.get("/metrics", headers={**cookie, "Authorization": "Bearer dead"})
    assert (wrong.status_code, "set-cookie" in wrong.headers) == (401, False)
    dead = visitor.get("/metrics", headers=cookie)
    assert dead.status_code == 401
    assert dead.headers["set-cookie"].startswith("apartado_session=; Path=/; Max-Age=0;")


def test_addresses_that_there_are_not_do_not_make_it_grow(measured: Service) -> None:
    visitor = measured.client()
    for number in range(20):
        visitor.get(f"/rpc/nothing-{number}")
    text = visitor.get("/metrics", headers=SCRAPER).text
    assert "nothing-" not in text
    assert _figures(text)['apartado_http_requests_total{address="other",status="404"}'] >= 20


def test_without_a_database_the_scraper_is_told_so(measured: Service) -> None:
    nowhere = f"host={measured.database.host}-gone dbname=none user=apartado_api connect_timeout=1"
    with Service(measured.database, nowhere, metrics_token=TOKEN) as service:
        answer = service.client().get("/metrics", headers=SCRAPER)
        assert answer.status_code == 200
        assert _figures(answer.text)["apartado_database_up"] == 0
