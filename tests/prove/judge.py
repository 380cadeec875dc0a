"""What every proof is judged by, whatever else it looks at."""

from __future__ import annotations

from prove.cluster import Ground
from prove.ledger import Ledger
from prove.replay import Replay

KEPT = """
select key, answer from apartado.idempotency_keys where key = any(%s::text[])
"""
SAME = (
    "outcome", "reservation_id", "queue_entry_id", "purchase_id", "item_id", "position", "quantity",
    "remaining", "available", "reserved", "sold", "queue_length", "version", "status", "promoted",
)  # fmt: skip
NEVER_SAID = ("PANIC:", "deadlock detected")


def consistent(ground: Ground) -> None:
    """check_consistency() is empty."""
    ground.number()
    breaches = ground.ask("select * from apartado.check_consistency()")
    assert breaches == [], breaches[:3]


def only_promised(ledger: Ledger) -> None:
    """No answer but a success and a refusal of the contract: no 5xx but 503, no raw SQLSTATE."""
    bad = [line for line in ledger.lines if line.code and not line.code.startswith("RS")]
    assert bad == [], f"{len(bad)} answers that nobody promised, such as {bad[0]}"


def found(ground: Ground, ledger: Ledger) -> None:
    """Every answer that was acknowledged under a key is in the database, word for word; and what
    was refused, perhaps after tries that were lost, was not done by one of them after all."""
    refused = [line for line in ledger.lines if line.code is not None and line.key]
    done = ground.ask(KEPT, [[line.key for line in refused]])
    assert done == [], f"{len(done)} refused and yet done, such as {done[0]}"
    wanted = {line.key: line for line in ledger.acknowledged if line.key}
    kept = {row["key"]: row["answer"] for row in ground.ask(KEPT, [list(wanted)])}
    gone = [line for key, line in wanted.items() if key not in kept]
    assert gone == [], f"{len(gone)} acknowledged and lost, such as {gone[0]}"
    for key, line in wanted.items():
        rows = kept[key] if isinstance(kept[key], list) else [kept[key]]
        told = [
            [row.get(n) for n in SAME if n in there]
            for row, there in zip(line.rows, rows, strict=True)
        ]
        assert told == [[there[n] for n in SAME if n in there] for there in rows], (
            f"acknowledged {line.answer}, kept {kept[key]}"
        )


def nothing_fell_over(said: str) -> None:
    """No PANIC and no deadlock in the server's log, as far as this proof is concerned."""
    lines = [line for line in said.splitlines() if any(word in line for word in NEVER_SAID)]
    assert lines == [], lines[:3]


def as_the_model_has_it(replay: Replay, ledger: Ledger) -> None:
    """Replayed in the order of the versions, the model gives the same answers."""
    anomalies = replay.judge(ledger)
    assert anomalies == [], f"{len(anomalies)} anomalies, such as {anomalies[:3]}"
