"""The wheel holds the rules: installed anywhere, without the working copy, it can migrate."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from apartado import database as db
from apartado import migrations
from apartado.tree import database_root
from clusters import Database

ROOT = Path(__file__).parents[2]
SHIPPED = ("sql", "functions", "triggers", "migrations")


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this working copy."""
    target = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", target],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (built,) = target.glob("*.whl")
    return built


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh virtual environment with the wheel in it; the rest comes from the running one."""
    place = tmp_path_factory.mktemp("installed")
    venv.create(place, with_pip=False)
    python = place / "bin" / "python"
    purelib = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(purelib)
    here = [path for path in sys.path if path.endswith("site-packages")]
    Path(purelib, "borrowed.pth").write_text("\n".join(here) + "\n")
    return python


def run(python: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    return subprocess.run(
        [python, *arguments],
        cwd=python.parent,
        env={**environment, **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_wheel_holds_every_file_of_sql(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    files = [path for folder in SHIPPED for path in (ROOT / folder).rglob("*.sql")]
    assert len(files) > 50
    missing = [path for path in files if f"apartado/db/{path.relative_to(ROOT)}" not in names]
    assert missing == []


def test_the_wheel_holds_the_board_and_the_type_marker(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    package = ROOT / "api" / "apartado"
    wanted = [package / "py.typed", *(p for p in (package / "static").rglob("*") if p.is_file())]
    assert len(wanted) > 1
    assert {f"apartado/{path.relative_to(package)}" for path in wanted} <= names


def test_the_wheel_holds_no_tests(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert [name for name in names if not name.startswith(("apartado/", "apartado-"))] == []


def test_the_installed_wheel_migrates_with_its_own_files(installed: Path, empty: Database) -> None:
    where = run(installed, "-c", "import apartado.tree as d; print(d.database_root())")
    assert Path(where.stdout.strip()).parts[-2:] == ("apartado", "db"), where.stderr
    assert ROOT not in Path(where.stdout.strip()).parents
    said = run(installed, "-m", "apartado", "migrate", APARTADO_DATABASE_URL=empty.url())
    assert said.returncode == 0, said.stderr
    with empty.connect() as connection:
        assert migrations.pending_migrations(connection) == []
        report = db.compare_code(connection)
    assert (report.made, report.changed, report.dropped) == ([], [], [])


def test_a_working_copy_uses_its_own_files() -> None:
    assert database_root() == ROOT


def test_the_version_is_the_same_everywhere(installed: Path) -> None:
    said = run(installed, "-m", "apartado", "--version")
    version = said.stdout.split()[-1]
    assert f'version = "{version}"' in (ROOT / "pyproject.toml").read_text()


def test_the_constraints_name_no_machine() -> None:
    lines = (ROOT / "constraints.txt").read_text().splitlines()
    assert len(lines) > 20
    assert [line for line in lines if "://" in line or "==" not in line] == []
