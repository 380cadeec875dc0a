"""Apartado in the yardstick of its peers: `make peers`, or `make peers ARGS='--peers DIR'`.

DIR holds a `run.sh` that prepares peers, cluster and tools, and then runs the `bench.py` beside
it. This file takes the place of that `bench.py`, in a folder of links to the rest: it brings
Apartado as one more server, whose requests each need another member's token, and prints the table
of the README from what was measured, everything in one run.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
DEFAULT = Path("../shared/peers")
NAME = "apartado"
STORM_TOKENS = 1_000
FASTEST = 14_000  # requests a second for which there are members enough

COLUMNS = {
    "express_sequelize": "Express + Sequelize",
    "fastapi_sqlalchemy": "FastAPI + SQLAlchemy",
    "postgrest": "PostgREST",
    "redis_py_always": "Python + durable Redis",
    "skeleton_psycopg": "Litestar + psycopg + minimal",
    "litestar_select1_uvicorn_w1": "Litestar, `select 1`",
    "litestar_const_uvicorn_w1": "Litestar, constant",
    NAME: "Apartado",
}
ROWS = {
    "hot128": "reserve, one hot item, 128 connections",
    "hot32": "reserve, one hot item, 32",
    "spread32": "reserve over 1,000 items, 32",
    "get32": "status of one item, 32",
    "storm1": "200 at once for one unit",
    "storm50": "200 at once for 50 units",
}


def server(python: str, members: int) -> dict[str, Any]:
    """Apartado, as the yardstick describes its servers."""
    package = str(HERE.parents[1] / "api")
    psql = "psql -qX -v ON_ERROR_STOP=1 -d peer_apartado"
    command = f"exec env PYTHONPATH={package} {python} -m apartado"
    return {
        "init": "dropdb --if-exists --force peer_apartado && createdb peer_apartado"
        f" && (export APARTADO_DATABASE_URL=$PGURL/peer_apartado; {command} migrate)"
        f" && {psql} -v members={members} -f {HERE}/peers_items.sql",
        "start": "export APARTADO_PORT=$PORT"
        " APARTADO_DATABASE_URL=postgresql://apartado_api@$PGHOST:$PGPORT/peer_apartado;"
        f" {command} serve",
        "url": "http://127.0.0.1:$PORT/rpc/reserve",
        "status_url": "http://127.0.0.1:$PORT/rpc/get_status?item={item}",
        "body": '{"item":{item}}',
        "headers": {"Authorization": "Bearer {uniq}"},
        "reset": f"{psql} -f {HERE}/peers_reset.sql",
        "count": "psql -qXAt -d peer_apartado -c 'select count(*) from apartado.reservations'",
        "left": "psql -qXAt -d peer_apartado -c"
        ' "select available from apartado.stock where item_id = $ITEM"',
        "default": True,
    }


def yardstick(directory: Path) -> Any:
    """The yardstick's own `bench.py`, in which Apartado's requests are made here."""
    found = importlib.util.spec_from_file_location("yardstick", directory / "bench.py")
    assert found is not None
    assert found.loader is not None
    yard: Any = importlib.util.module_from_spec(found)
    found.loader.exec_module(yard)
    wrk, fill = yard.wrk, yard.Server.fill

    def wrk_with_tokens(one: Any, *given: Any, **named: Any) -> Any:
        if one.name != NAME:
            return wrk(one, *given, **named)
        theirs, yard.HERE = yard.HERE, HERE
        try:
            return wrk(one, *given, **named)
        finally:
            yard.HERE = theirs

    def fill_with_tokens(one: Any, text: str, item: int, number: int) -> str:
        if one.name == NAME:
            text = text.replace("{uniq}", f"{number % STORM_TOKENS + 1:064d}")
        filled: str = fill(one, text, item, number)
        return filled

    yard.wrk, yard.Server.fill = wrk_with_tokens, fill_with_tokens
    return yard


def cell(runs: list[dict[str, Any]]) -> str:
    """The median of the rounds, or whether every storm was exact, and how long it took."""
    if not runs:
        return ""
    if "pass" in runs[0]:
        word = "exact" if all(run["pass"] for run in runs) else "NOT EXACT"
        return f"{word}, {statistics.median(run['max_ms'] for run in runs):,.0f} ms"
    rate = statistics.median(run["ok_s"] for run in runs)
    wrong = "" if all(run.get("agree", True) for run in runs) else ", ROWS AND ANSWERS DISAGREE"
    return f"{rate:,.0f} ({statistics.median(run['p99_ms'] for run in runs):,.0f}){wrong}"


def table(runs: list[dict[str, Any]]) -> list[str]:
    """The table that the README shows: requests/s (p99 ms)."""
    names = [name for name in COLUMNS if any(run["name"] == name for run in runs)]
    lines = [
        "| requests/s (p99 ms) | " + " | ".join(COLUMNS[name] for name in names) + " |",
        "|---|" + "---|" * len(names),
    ]
    for scenario, title in ROWS.items():
        cells = [
            cell([
                run for run in runs
                if run["name"] == name and run["scenario"] in (scenario, "limit")
                and (run["scenario"] == scenario or scenario == "hot32")
            ])
            for name in names
        ]  # fmt: skip
        lines.append(f"| {title} | " + " | ".join(cells) + " |")
    return lines


def measure(directory: Path) -> None:
    """In place of the yardstick's `bench.py`, with its arguments."""
    yard = yardstick(directory)
    seconds = int(sys.argv[sys.argv.index("--seconds") + 1]) if "--seconds" in sys.argv else 3
    os.environ["BENCH_FIRST_TOKEN"] = yard.BASE_ENV["BENCH_FIRST_TOKEN"] = str(STORM_TOKENS)
    load = yard.load_specs
    members = STORM_TOKENS + FASTEST * seconds

    def load_with_us(path: Any) -> Any:
        peers, https, limits = load(path)
        return peers | {NAME: server(os.environ["BENCH_PYTHON"], members)}, https, limits

    yard.load_specs = load_with_us
    results = yard.WORK / "results.json"
    results.unlink(missing_ok=True)
    yard.main()
    runs = json.loads(results.read_text())
    print("\n" + "\n".join(table(runs)))


def run(directory: Path, seconds: int, rounds: int, only: str | None) -> None:
    """Everything: the yardstick's `run.sh`, with this file as its `bench.py`."""
    directory = directory.resolve()
    if not (directory / "run.sh").exists():
        raise SystemExit(f"{directory} has no run.sh: name the yardstick of peers with --peers")
    missing = [tool for tool in ("wrk", "redis-server", "node", "npm") if not shutil.which(tool)]
    if missing:
        raise SystemExit(f"This needs {', '.join(missing)}; on Debian: apt-get install wrk"
                         " redis-server nodejs npm")  # fmt: skip
    names = only or ",".join(name for name in COLUMNS if name != "postgrest")
    with tempfile.TemporaryDirectory(prefix="apartado-peers-links-") as links:
        for path in directory.iterdir():
            if path.name != "bench.py":
                (Path(links) / path.name).symlink_to(path)
        (Path(links) / "run.sh").unlink()
        (Path(links) / "run.sh").write_text((directory / "run.sh").read_text(encoding="utf-8"))
        (Path(links) / "bench.py").symlink_to(HERE / "peers.py")
        environment = {
            **os.environ, "BENCH_PEERS": str(directory), "BENCH_PYTHON": sys.executable,
            "HERE": str(directory),
        }  # fmt: skip
        command = ["bash", f"{links}/run.sh", "--seconds", str(seconds), "--rounds", str(rounds),
                   "--only", names]  # fmt: skip
        subprocess.run(command, env=environment, check=True)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Measure over HTTP, beside the peers.")
    parser.add_argument("--peers", type=Path, default=DEFAULT, help=f"the yardstick ({DEFAULT})")
    parser.add_argument("--seconds", type=int, default=3, help="of each measurement (3)")
    parser.add_argument("--rounds", type=int, default=3, help="of everything (3)")
    parser.add_argument("--only", help="names of the yardstick, comma-separated, and apartado")
    given = parser.parse_args()
    run(given.peers, given.seconds, given.rounds, given.only)


if __name__ == "__main__":
    if "BENCH_PEERS" in os.environ:
        measure(Path(os.environ["BENCH_PEERS"]))
    else:
        main()
