"""Apartado keeps scarce stock fair. The rules live in PostgreSQL; this carries the bytes."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("apartado")
except PackageNotFoundError:  # run from a working copy that was never installed
    __version__ = "0.0.0+uninstalled"
