"""Small made-up trees of migrations and code, to try the loader on."""

from __future__ import annotations

import shutil
from pathlib import Path

from apartado.tree import database_root

THINGS = "create table apartado.things (thing_id bigint primary key, name text not null);"

FUNCTION = """\
create or replace function apartado.{name}({parameters}) returns {returns}
  language plpgsql set search_path = pg_catalog, pg_temp
as $$ begin {body} end $$;
"""


class Tree:
    """A root like the project's own, with the real roles and nothing else."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for folder in ("sql", "functions", "triggers", "migrations"):
            (root / folder).mkdir(parents=True)
        shutil.copy(database_root() / "sql" / "roles.sql", root / "sql")

    def write(self, path: str, text: str) -> Path:
        """Make or replace one file."""
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
        return target

    def remove(self, path: str) -> None:
        """Delete one file."""
        (self.root / path).unlink()

    def migration(self, id: str, up: str, down: str = "") -> None:
        """One migration with its rollback."""
        self.write(f"migrations/{id}.sql", up)
        self.write(f"migrations/{id}.rollback.sql", down)

    def function(
        self,
        name: str,
        *,
        parameters: str = "",
        returns: str = "integer",
        body: str = "return 1;",
        after: str = "",
    ) -> None:
        """One function, and what follows it in its file."""
        text = FUNCTION.format(name=name, parameters=parameters, returns=returns, body=body)
        self.write(f"functions/made_up/{name}.sql", text + after)
