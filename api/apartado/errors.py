"""What went wrong, as ``application/problem+json``: the one place where SQLSTATE becomes HTTP.

A refusal made in SQL arrives with its sentence, facts and hint in the language of the session.
A request that never reaches SQL (it is malformed) is refused with the same codes and with the
texts of the same table, read once through ``list_messages``.
"""

from __future__ import annotations

import logging
import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field

import msgspec
import psycopg

LOG = logging.getLogger("apartado")

LANGUAGES = ("en", "es")

# The third character of an RS code -> status; then the exceptions within the groups.
GROUPS = {"1": 404, "2": 422, "3": 409, "4": 410, "5": 409, "6": 403}
EXCEPTIONS = {"RS505": 429, "RS601": 401}

# Parameters that no request has: SQL learns them from the token.
CALLERS = ("member", "actor")

# Not now: lock timeout, a full disk, no memory, too many connections, read-only; 57xxx and 08xxx
# by their class. 40001 and 40P01 come here when they outlived their retries.
UNAVAILABLE = {"55P03", "53100", "53200", "53300", "25006", "40001", "40P01"}
UNAVAILABLE_CLASSES = ("57", "08")
RETRY_AFTER_SECONDS = 1

# PostgreSQL could not read a parameter as its type: out of range, or not of the type at all.
OUT_OF_RANGE = {"22003", "22008", "22015"}

# What PostgreSQL could not read although it is JSON or text: what would be.
UNREADABLE = {
    "22P05": {"expected": "JSON without \\u0000"},
    "22P02": {"expected": "JSON"},
    "54001": {"expected": "JSON that is not so deep"},
}

# What is wrong with the HTTP request or the service itself has no RS code and no row in messages.
CODES = {
    400: "malformed",
    404: "no_address",
    405: "wrong_method",
    408: "too_slow",
    431: "long_headers",
    500: "internal",
    503: "unavailable",
}
SENTENCES: dict[int, dict[str, tuple[str, str]]] = {
    400: {
        "en": ("The request is not valid HTTP.", "Correct the request."),
        "es": ("La petición no es HTTP válido.", "Corrige la petición."),
    },
    404: {
        "en": ("There is nothing at this address.", "GET /openapi.json lists what there is."),
        "es": ("No hay nada en esta dirección.", "GET /openapi.json dice lo que hay."),
    },
    408: {
        "en": ("The request took too long to arrive.", "Send it again, all at once."),
        "es": ("La petición tardó demasiado en llegar.", "Envíala de nuevo, de una vez."),
    },
    431: {
        "en": (
            "The address and the headers are too long.",
            "Together they may have 64 KiB: ask for less at once, or send fewer headers.",
        ),
        "es": (
            "La dirección y las cabeceras son demasiado largas.",
            "Juntas pueden tener 64 KiB: pide menos de una vez o envía menos cabeceras.",
        ),
    },
    405: {
        "en": ("This address does not take that method.", "Commands are POST, queries are GET."),
        "es": ("Esta dirección no admite ese método.", "Las órdenes son POST; las consultas, GET."),
    },
    500: {
        "en": (
            "Something went wrong here that should not.",
            "Give the id in detail to whoever runs the service: the log has the rest.",
        ),
        "es": (
            "Algo ha fallado aquí que no debería.",
            "Da el id de detail a quien lleva el servicio: el registro tiene el resto.",
        ),
    },
    503: {
        "en": (
            "The service cannot answer right now.",
            "Repeat the request in a moment; a command with its same Idempotency-Key.",
        ),
        "es": (
            "El servicio no puede contestar ahora mismo.",
            "Repite la petición en un momento; una orden, con su misma Idempotency-Key.",
        ),
    },
}

TOO_LONG = "57014"
STOPPED = {
    "en": (
        "The database took too long, and was stopped.",
        "Repeat the request in a moment; a command with its same Idempotency-Key. What takes as"
        " long every time (check_consistency or repair of a large shop) is asked in psql,"
        " or by `apartado doctor`.",
    ),
    "es": (
        "La base de datos tardaba demasiado, y se detuvo.",
        "Repite la petición en un momento; una orden, con su misma Idempotency-Key. Lo que siempre"
        " tarda tanto (check_consistency o repair de una tienda grande) se pide en psql,"
        " o con `apartado doctor`.",
    ),
}
"""What a 503 says where it was a statement's time that ran out."""


class Problem(msgspec.Struct, kw_only=True):
    """The body of every answer that is not a success (RFC 9457, with code, hint and field)."""

    type: str
    title: str
    status: int
    detail: str | None = None
    code: str
    hint: str | None = None
    field: str | None = None


@dataclass(slots=True)
class ProblemAnswer:
    """A problem and the headers that go with it."""

    problem: Problem
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)

    @property
    def body(self) -> bytes:
        return msgspec.json.encode(self.problem)


class Refusal(Exception):
    """A request that is refused before it reaches SQL, with a code of the contract.

    ``code`` may name the reason behind a slash, as ``_refuse`` takes it: ``RS602/origin``.
    """

    def __init__(
        self,
        code: str,
        field: str | None = None,
        facts: Mapping[str, object] | None = None,
        *,
        status: int | None = None,
    ) -> None:
        super().__init__(code)
        self.text = code
        self.code = code[:5]
        self.field = field
        self.facts = facts or {}
        self.status = status or status_of(self.code)


class RefusedInSql(Exception):
    """A refusal that came as a row: one of several requests in one call was not granted."""

    def __init__(
        self, code: str, title: str, detail: str | None, hint: str | None, field: str | None
    ) -> None:
        super().__init__(code)
        self.code, self.title, self.detail, self.hint = code, title, detail, hint
        self.field = field or None


class NotServed(Exception):
    """A request that is refused by HTTP's own rules: no such address, no such method, no HTTP."""

    def __init__(self, status: int, headers: list[tuple[bytes, bytes]] | None = None) -> None:
        super().__init__(status)
        self.status = status
        self.headers = headers or []


class Unavailable(Exception):
    """The service is starting, stopping, or without its database; or that was stopped."""

    stopped = False


def status_of(code: str) -> int:
    """The HTTP status of an RS code."""
    return EXCEPTIONS.get(code) or GROUPS.get(code[2:3], 500)


class Messages:
    """The table ``messages``, kept in memory for refusals that never reach SQL."""

    def __init__(self) -> None:
        self._texts: dict[tuple[str, str], tuple[str, str]] = {}

    def load(self, rows: list[tuple[str, str, str, str]]) -> None:
        self._texts = {(code, language): (text, hint) for code, language, text, hint in rows}

    @property
    def loaded(self) -> bool:
        return bool(self._texts)

    def text(self, code: str, language: str | None) -> tuple[str, str | None]:
        """Sentence and hint; the bare code if the database was never reached."""
        found = self._texts.get((code, language or "en")) or self._texts.get((code, "en"))
        return found or (f"Refused: {code[:5]}.", None)


def is_unavailable(error: psycopg.Error) -> bool:
    """Whether an error of the database means: not now. Without a SQLSTATE there was no answer."""
    state = error.sqlstate
    if state is None:
        return isinstance(error, psycopg.OperationalError)
    return state in UNAVAILABLE or state[:2] in UNAVAILABLE_CLASSES


def _is_being_replaced(error: psycopg.Error) -> bool:
    """Whether a function of ours is missing, as between the steps of a migration: it comes again.

    Or somebody needs it who is of an older version. Nothing was done, and the log says it.
    """
    if error.sqlstate != "42883":
        return False
    return re.search(r"\bapartado\.\w+\(", error.diag.message_primary or "") is not None


def _is_about_the_input(error: psycopg.Error) -> bool:
    """PostgreSQL could not read a parameter: then no function had begun.

    The same SQLSTATE from within a function is a mistake of ours and stays a 500.
    """
    state = error.sqlstate or ""
    if not state.startswith("22") and state != "54001":
        return False
    return " function " not in (error.diag.context or "")


def _parameter(error: psycopg.Error, names: tuple[str, ...]) -> str | None:
    """The field whose value PostgreSQL could not read, where it says which one."""
    found = re.search(r"parameter \$(\d+)", error.diag.context or "")
    if found is None or int(found[1]) > len(names):
        return None
    return names[int(found[1]) - 1] or None


def is_said_here(error: Exception) -> bool:
    """Whether its words are ours to find: SQL has not said them, and can be asked in which."""
    if isinstance(error, psycopg.Error):
        return _is_about_the_input(error)
    return not isinstance(error, RefusedInSql | Unavailable)


def answer_to(
    error: Exception,
    messages: Messages,
    language: str | None,
    names: tuple[str, ...] = (),
) -> ProblemAnswer:
    """The problem for an exception. ``names`` are the fields behind $1, $2, … of the statement."""
    if isinstance(error, psycopg.Error) and not isinstance(error, psycopg.InterfaceError):
        state = error.sqlstate
        if state is not None and state.startswith("RS"):
            diag = error.diag
            return _refused_in_sql(
                RefusedInSql(
                    state,
                    diag.message_primary or state,
                    diag.message_detail,
                    diag.message_hint,
                    diag.column_name,
                )
            )
        if _is_about_the_input(error):
            code = "RS204" if state in OUT_OF_RANGE else "RS205"
            error = Refusal(code, _parameter(error, names), UNREADABLE.get(state or ""))
        elif _is_being_replaced(error):
            LOG.error("not there now: %s", _logged(error))
            error = Unavailable()
        elif is_unavailable(error):
            error = Unavailable()
            error.stopped = state == TOO_LONG
    if isinstance(error, RefusedInSql):
        return _refused_in_sql(error)
    if isinstance(error, Refusal):
        return _refused_here(error, messages, language)
    if isinstance(error, Unavailable):
        retry = [(b"retry-after", str(RETRY_AFTER_SECONDS).encode())]
        problem = _plain(503, language)
        if error.stopped:
            problem.title, problem.hint = STOPPED[language or "en"]
        return ProblemAnswer(problem, retry)
    if isinstance(error, NotServed):
        problem = _plain(error.status, language)
        methods = dict(error.headers).get(b"allow")
        if methods is not None:
            problem.detail = _detail({"allowed": methods.decode()})
        return ProblemAnswer(problem, error.headers)
    return _unexpected(error, language)


def _headers(code: str, detail: str | None) -> list[tuple[bytes, bytes]]:
    if code == "RS601":
        return [(b"www-authenticate", b"Bearer")]
    if code == "RS505":
        return [(b"retry-after", str(_seconds_to_wait(detail)).encode())]
    return []


def _seconds_to_wait(detail: str | None) -> int:
    found = re.search(r"\bretry_after: (\d+)", detail or "")
    return max(1, int(found[1])) if found else RETRY_AFTER_SECONDS


def _refused_in_sql(error: RefusedInSql) -> ProblemAnswer:
    is_of_token = error.code == "RS601" and error.field in CALLERS
    problem = Problem(
        type=f"urn:apartado:error:{error.code}",
        title=error.title,
        status=status_of(error.code),
        detail=None if is_of_token else error.detail,
        code=error.code,
        hint=error.hint,
        field="token" if is_of_token else error.field,
    )
    return ProblemAnswer(problem, _headers(error.code, error.detail))


def _refused_here(error: Refusal, messages: Messages, language: str | None) -> ProblemAnswer:
    title, hint = messages.text(error.text, language)
    detail = _detail(error.facts)
    problem = Problem(
        type=f"urn:apartado:error:{error.code}",
        title=title,
        status=error.status,
        detail=detail,
        code=error.code,
        hint=hint,
        field=error.field,
    )
    return ProblemAnswer(problem, _headers(error.code, detail))


def _detail(facts: Mapping[str, object]) -> str | None:
    """As `_refuse` writes it."""
    return ", ".join(f"{name}: {value}" for name, value in sorted(facts.items())) or None


def _plain(status: int, language: str | None) -> Problem:
    code = CODES.get(status, CODES[400])
    title, hint = SENTENCES.get(status, SENTENCES[400])[language or "en"]
    kind = f"urn:apartado:error:{code}"
    return Problem(type=kind, title=title, status=status, code=code, hint=hint)


def _logged(error: psycopg.Error) -> str:
    """Without DETAIL: that may be a whole row."""
    diag = error.diag
    said, context = diag.message_primary or type(error).__name__, diag.context or "no context"
    return f"{error.sqlstate} {said} ({context})"


def _unexpected(error: Exception, language: str | None) -> ProblemAnswer:
    """The text goes to the log, out goes an id."""
    number = uuid.uuid4().hex
    if isinstance(error, psycopg.Error):
        LOG.error("problem %s: %s", number, _logged(error))
    else:
        LOG.error("problem %s", number, exc_info=error)
    problem = _plain(500, language)
    problem.detail = f"id: {number}"
    return ProblemAnswer(problem)
