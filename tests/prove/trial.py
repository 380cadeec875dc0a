"""One run of one proof: its grounds, its services, its sizes, and what it comes to."""

from __future__ import annotations

import random
import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace

from prove import judge
from prove.cluster import Arena, Ground, Spoil
from prove.ledger import Ledger
from prove.replay import Replay
from serving import Served, free_port

SERVICE_SAID_NEVER = ("problem ", "Traceback")
MOST_SAID = 5000  # letters of it that are shown


@dataclass(frozen=True)
class Figure:
    """What a proof measured, beside its limit."""

    size: str
    figure: str
    limit: str
    slow: bool = False
    """A limit of time was missed in less than the full size, where it is not judged."""


@dataclass
class Trial:
    """Everything that one run of a proof needs. size is 1 for the whole, less for less."""

    arena: Arena
    seed: int
    size: float
    spoil: Spoil | None = None
    slow: bool = False
    _undo: ExitStack = field(default_factory=ExitStack)
    _services: list[Service] = field(default_factory=list)

    def __enter__(self) -> Trial:
        self._before = len(self.arena.log())
        return self

    def __exit__(self, *error: object) -> None:
        self._undo.close()

    def of(self, whole: int, least: int = 1) -> int:
        """A number of the whole, made smaller with the rest."""
        return max(least, round(whole * self.size))

    def within(self, seconds: float, limit: float) -> None:
        """A limit of time holds in full size, on a quiet machine; the short form does not time."""
        assert seconds < limit or self.size < 1, f"{seconds:.2f} s, and {limit:.2f} s is the limit"
        self.slow = self.slow or seconds >= limit

    def random(self, name: str) -> random.Random:
        """Chance that is the same for the same seed."""
        return random.Random(f"{self.seed} {name}")

    def ground(self, arena: Arena | None = None, tablespace: str | None = None) -> Ground:
        """A fresh database, with the mutant in it if there is one; limits are out of the way."""
        ground = (arena or self.arena).ground(tablespace=tablespace)
        if arena is None:
            self._undo.callback(self.arena.drop, ground)
        ground.limits(active_limit=1000, queue_limit=100000)
        if self.spoil is not None:
            try:
                self.spoil(ground)
            except AssertionError as gone:  # not to be taken for a mutant that was caught
                raise LookupError(str(gone)) from None
        return ground

    def service(self, ground: Ground, url: str | None = None, **variables: str) -> Service:
        """`apartado serve` on that ground, ready, until the end of the trial."""
        service = Service(self, ground, url or ground.database.url("apartado_api"), variables)
        self._undo.callback(service.close)
        self._services.append(service)
        return service

    def forget_grounds(self) -> None:
        """Drop them before the end."""
        self._undo.close()

    def judge(self, ground: Ground, ledger: Ledger, replay: Replay | None = None) -> None:
        """By everything that every proof is judged by."""
        judge.only_promised(ledger)
        judge.found(ground, ledger)
        judge.consistent(ground)
        if replay is not None:
            judge.as_the_model_has_it(replay, ledger)
        judge.nothing_fell_over(self.arena.log()[self._before :])
        for service in self._services:
            said = service.said()
            for word in SERVICE_SAID_NEVER:
                assert word not in said, said[said.index(word) :][:MOST_SAID]


class Service:
    """One service process on a port that stays its own, whatever becomes of the process."""

    def __init__(self, trial: Trial, ground: Ground, url: str, variables: dict[str, str]) -> None:
        self.port = free_port()
        self._mistake = ground.mistake
        self._where = trial.arena.directory
        self._log = self._where / f"service-{self.port}.log"
        self._variables = {**variables, "APARTADO_DATABASE_URL": url}
        self.start()

    @property
    def process(self) -> int:
        """Its number."""
        return self._served.process.pid

    def start(self) -> None:
        """Start it (again), and wait until it is ready."""
        with self._log.open("a", encoding="utf-8") as log:
            self._served = Served(
                self._where / "none",
                port=self.port,
                log=log,
                mistake=self._mistake,
                hang_up=signal.SIG_DFL,
                **self._variables,
            )
        self._served.wait()

    def kill(self) -> None:
        """kill -9."""
        self._served.end(signal.SIGKILL)

    def said(self) -> str:
        """Everything that it printed, in all its lives."""
        return self._log.read_text(encoding="utf-8", errors="replace")

    def close(self) -> None:
        """End it, if it is still there."""
        if self._served.process.poll() is None:
            self._served.end(signal.SIGINT)


class CannotRun(Exception):
    """This machine lacks what the proof needs; the text says what."""


Body = Callable[[Trial], Figure]


@dataclass(frozen=True)
class Proof:
    """A test of `make prove`."""

    name: str
    claim: str
    short: float
    body: Body


@dataclass(frozen=True)
class Mutant:
    """The database with one mistake put in, and the proof that must see it."""

    name: str
    proof: str
    size: float
    spoil: Spoil


PROOFS: dict[str, Proof] = {}
MUTANTS: dict[str, Mutant] = {}
"""What the modules of prove.proofs register."""


def proof(name: str, claim: str, *, short: float) -> Callable[[Body], Body]:
    """Register a proof; short is its size inside `make test`."""

    def register(body: Body) -> Body:
        assert name not in PROOFS
        PROOFS[name] = Proof(name, claim, short, body)
        return body

    return register


def mutant(name: str, proof: str, *, size: float = 0.02) -> Callable[[Spoil], Spoil]:
    """Register a mutant of a proof; size is that of the run in which it must be caught."""

    def register(spoil: Spoil) -> Spoil:
        assert name not in MUTANTS
        MUTANTS[name] = Mutant(name, proof, size, spoil)
        return spoil

    return register


@contextmanager
def trial(arena: Arena, seed: int, size: float, spoil: Spoil | None = None) -> Iterator[Trial]:
    """One run, tidied up behind."""
    with Trial(arena, seed, size, spoil) as made:
        yield made


def run(arena: Arena, name: str, seed: int, size: float) -> Figure:
    """What a proof comes to; an AssertionError where it fails."""
    with trial(arena, seed, size) as made:
        return replace(PROOFS[name].body(made), slow=made.slow)


def catches(arena: Arena, name: str, seed: int) -> str:
    """What was said when the mutant was caught; an AssertionError where it was not."""
    found = MUTANTS[name]
    try:
        with trial(arena, seed, found.size, found.spoil) as made:
            PROOFS[found.proof].body(made)
    except (AssertionError, ExceptionGroup) as caught:
        first = cause(caught)
        if not isinstance(first, AssertionError):
            raise
        return " ".join(str(first).split())[:160]
    raise AssertionError(f"{name} was not caught by {found.proof}")


def cause(error: Exception) -> Exception:
    """The first of a group."""
    while isinstance(error, ExceptionGroup):
        error = error.exceptions[0]
    return error
