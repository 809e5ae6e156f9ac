"""The engines that read and group: DuckDB in this process, or Spark beside it on this machine.

Both are handed the same Ibis expressions. Neither keeps more in memory than it is told; what is
more goes to a folder for passing things, which ends with the engine. Neither asks another machine.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Protocol

import ibis

from chungtay.measures.refusing import NotMeasurable
from chungtay.measures.tables.files import Source, broken

# Steps stay steps: put into one another, what one of them says is written out wherever it is used.
ibis.options.sql.fuse_selects = False
WRITES_OUT = "partial_aggregate_pushdown"  # does the same within DuckDB, for seconds

MEMORY = "640MB"
SPARK_MEMORY = "1g"
BATCH, MANY = 10_000, 2**19
PATTERN = set("*?[]{}\\,")
LINE = re.compile(r"Line: (\d+)")
# What the engines raise when a file is not what it says; other errors are ours.
UNREADABLE = {
    *("InvalidInputException", "IOException", "SerializationException", "ConversionException"),
    *("Py4JJavaError", "SparkException", "SparkRuntimeException"),
}


class Engine(Protocol):
    """What reads a source as a table of Ibis and answers an expression over it."""

    def table(self, source: Source) -> Any:
        """The table of a source; of text every column is text."""

    def rows(self, expression: Any) -> Iterator[tuple[Any, ...]]:
        """The rows of an expression, in its order."""

    def batches(self, expression: Any) -> Iterator[Any]:
        """The same rows as Arrow batches, for many of them."""

    def progress(self) -> float | None:
        """How much of what is being asked is done, in per cent; None where nothing is known."""

    def close(self) -> None:
        """Give back memory and the folder for passing things."""


class DuckDB:
    """The engine of one process: memory bounded, what is more on disk."""

    def __init__(self, memory: str = MEMORY, *, in_order: bool = False) -> None:
        """With `in_order` rows come as they stand in the file."""
        self._folder = tempfile.mkdtemp(prefix="chungtay-measure-")
        self._ibis = ibis.duckdb.connect(
            memory_limit=memory,
            temp_directory=self._folder,
            threads=os.cpu_count() or 1,
            preserve_insertion_order=in_order,
            autoinstall_known_extensions=False,
        )
        known = self._ibis.con.execute("select name from duckdb_optimizers()").fetchall()
        if (WRITES_OUT,) in known:
            self._ibis.con.execute(f"set disabled_optimizers = '{WRITES_OUT}'")

    def table(self, source: Source) -> Any:
        """The table of a source; of text every column is text."""
        paths = _plain_paths(source, self._folder)
        with _said(source):
            if source.kind == "parquet":
                return self._ibis.read_parquet(paths)
            return self._ibis.read_csv(
                paths,
                header=True,
                delim=source.delimiter,
                quote='"',
                escape='"',
                auto_detect=False,
                nullstr="",
                columns=dict.fromkeys(source.header, "VARCHAR"),
            )

    def rows(self, expression: Any) -> Iterator[tuple[Any, ...]]:
        """The rows of an expression, in its order."""
        found = self._ibis.con.execute(self._ibis.compile(expression))
        while some := found.fetchmany(BATCH):
            yield from some

    def batches(self, expression: Any) -> Iterator[Any]:
        """The same rows as Arrow batches, for many of them."""
        yield from self._ibis.con.sql(self._ibis.compile(expression)).to_arrow_reader(MANY)

    def progress(self) -> float | None:
        """How much of what is being asked is done, in per cent."""
        done = self._ibis.con.query_progress()
        return float(done) if done >= 0 else None

    def close(self) -> None:
        """Give back memory and the folder for passing things."""
        self._ibis.disconnect()
        shutil.rmtree(self._folder, ignore_errors=True)


class Spark:
    """Spark in local mode: a Java process of its own on this machine."""

    def __init__(self, memory: str = SPARK_MEMORY) -> None:
        """Starts the Java process, or uses the one this process has started before."""
        self._folder = tempfile.mkdtemp(prefix="chungtay-measure-")
        self._session = _session(memory)
        self._ibis = ibis.pyspark.connect(self._session)
        self._tables = 0

    def table(self, source: Source) -> Any:
        """The table of a source; of text every column is text."""
        paths = _plain_paths(source, self._folder)
        with _said(source):
            read = self._csv(source, paths) if source.kind == "csv" else self._parquet(paths)
            self._tables += 1
            view = f"chungtay_{id(self)}_{self._tables}"
            read.createOrReplaceTempView(view)
            return self._ibis.table(view)

    def _parquet(self, paths: list[str]) -> Any:
        return self._session.read.parquet(*paths)

    def _csv(self, source: Source, paths: list[str]) -> Any:
        return self._session.read.csv(
            paths,
            schema=", ".join(f"`{name.replace('`', '``')}` string" for name in source.header),
            header=True,
            sep=source.delimiter,
            quote='"',
            escape='"',
            multiLine=True,
            mode="FAILFAST",
            enforceSchema=True,
        )

    def rows(self, expression: Any) -> Iterator[tuple[Any, ...]]:
        """The rows of an expression, in its order."""
        found = self._session.sql(self._ibis.compile(expression))
        return (tuple(row) for row in found.toLocalIterator())

    def batches(self, expression: Any) -> Iterator[Any]:
        """The same rows as Arrow batches, for many of them."""
        found = self._session.sql(self._ibis.compile(expression)).toArrow()
        yield from found.to_batches(max_chunksize=MANY)

    def progress(self) -> float | None:
        """Spark tells stages, not how much is left."""
        return None

    def close(self) -> None:
        """Give back the folder; the Java process and its own folder end with this process."""
        shutil.rmtree(self._folder, ignore_errors=True)


def open_engine(name: str) -> Engine:
    """The engine of a name."""
    return Spark() if name == "spark" else DuckDB()


@contextlib.contextmanager
def reading(sources: list[Source]) -> Iterator[None]:
    """Say what an engine found unreadable while it read: the file, the line where it is known."""
    with _said(*sources):
        yield


@contextlib.contextmanager
def _said(*sources: Source) -> Iterator[None]:
    try:
        yield
    except Exception as error:
        if not _unreadable(error) or not sources:
            raise
        path = next(
            (path for one in sources for path in one.paths if path.name in str(error)),
            sources[0].paths[0],
        )
        line = LINE.search(str(error))
        if line is None:
            raise broken(path) from error
        raise NotMeasurable(
            "tệp {name}, dòng {line}: số ô khác với dòng tiêu đề, hoặc dấu ngoặc kép không khép; "
            "hãy sửa dòng ấy rồi đo lại.",
            name=path.name,
            line=line[1],
        ) from error


def _unreadable(error: Exception) -> bool:
    """Whether an engine says so of the file; DuckDB has one error without a name of its own."""
    kind = type(error)
    nameless = kind.__name__ == "Error" and kind.__module__.lstrip("_") == "duckdb"
    return nameless or kind.__name__ in UNREADABLE


def _plain_paths(source: Source, folder: str) -> list[str]:
    """The paths, each with a sign that engines take for a pattern under another name."""
    found: list[str] = []
    for path in source.paths:
        if PATTERN & set(str(path)):
            other = Path(folder) / f"{len(list(Path(folder).iterdir()))}.{source.kind}"
            other.symlink_to(path.resolve())
            found.append(str(other))
        else:
            found.append(str(path))
    return found


@cache
def _spark_folder() -> str:
    """Where the Java process puts what does not fit; it outlives any one engine."""
    folder = tempfile.mkdtemp(prefix="chungtay-measure-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _session(memory: str) -> Any:
    from pyspark.sql import SparkSession  # noqa: PLC0415 half a gigabyte, for those who ask for it

    if SparkSession.getActiveSession() is None and not _java():
        raise NotMeasurable(
            "--engine spark cần Java 17 mà máy này chưa có; hãy cài Java (trên Debian: "
            "default-jre-headless) hoặc bỏ --engine spark."
        )
    folder = _spark_folder()
    settings = {
        "spark.ui.enabled": "false",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.memory": memory,
        "spark.local.dir": folder,
        "spark.log.level": "ERROR",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.shuffle.partitions": str(2 * (os.cpu_count() or 1)),
        "spark.sql.csv.parser.columnPruning.enabled": "false",
        "spark.sql.warehouse.dir": str(Path(folder) / "warehouse"),
    }
    builder = SparkSession.builder.master("local[*]").appName("chungtay measure")
    for name, value in settings.items():
        builder = builder.config(name, value)
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    with _quiet():
        return builder.getOrCreate()


def _java() -> bool:
    home = os.environ.get("JAVA_HOME")
    return shutil.which("java") is not None or bool(home and (Path(home) / "bin/java").exists())


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Keep what the Java process says at its start away from the person's screen."""
    kept = os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)
