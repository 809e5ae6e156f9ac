"""Makes a nation of households as Parquet, in chunks, with the real shares of its regions.

Made up but for the shares: poor and near-poor households by region in 2024 as published (in per
cent), and about how many households a region has. Nothing in it is about a real family.

    python -m benchmarks.national 27000000 national.parquet
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

CHUNK = 1_000_000
ROW_GROUP = 250_000
SEED = 20241231
POOR_OF_BOTH = 0.476  # 599,608 of 1,258,997 in 2024
INDICATORS = tuple(f"d{number:02d}" for number in range(1, 13))
RARE = np.array([0.04, 0.05, 0.03, 0.06, 0.05, 0.03, 0.04, 0.05, 0.03, 0.06, 0.05, 0.04])
OFTEN = np.array([0.30, 0.28, 0.22, 0.35, 0.30, 0.18, 0.40, 0.35, 0.25, 0.45, 0.32, 0.28])
LINE = {"rural": 1_500_000, "urban": 2_000_000}


@dataclass(frozen=True)
class Region:
    """A region: its provinces, its part of all households, how many are (near-)poor and urban."""

    name: str
    provinces: int
    households: float
    low: float
    urban: float
    size: float


REGIONS = (
    Region("Trung du và miền núi phía Bắc", 14, 0.121, 0.1498, 0.22, 4.2),
    Region("Đồng bằng sông Hồng", 11, 0.248, 0.0140, 0.40, 3.5),
    Region("Bắc Trung Bộ và Duyên hải miền Trung", 14, 0.204, 0.0624, 0.31, 3.6),
    Region("Tây Nguyên", 5, 0.057, 0.0945, 0.29, 4.3),
    Region("Đông Nam Bộ", 6, 0.195, 0.0015, 0.66, 3.5),
    Region("Đồng bằng sông Cửu Long", 13, 0.175, 0.0314, 0.26, 3.6),
)


def chunks(households: int) -> Iterator[pa.Table]:
    """The nation chunk by chunk, the same one every time."""
    made = np.random.default_rng(SEED)
    for start in range(0, households, CHUNK):
        yield _chunk(made, min(CHUNK, households - start))


def _chunk(made: np.random.Generator, count: int) -> pa.Table:
    shares = np.array([region.households for region in REGIONS])
    region = made.choice(len(REGIONS), count, p=shares / shares.sum())
    first = np.cumsum([0, *(one.provinces for one in REGIONS[:-1])])
    province = first[region] + made.integers(0, np.array([r.provinces for r in REGIONS])[region])
    urban = made.random(count) < np.array([one.urban for one in REGIONS])[region]
    low = made.random(count) < np.array([one.low for one in REGIONS])[region]
    line = np.where(urban, LINE["urban"], LINE["rural"])
    income = np.where(
        low, line * made.uniform(0.2, 1.0, count), line * made.uniform(1.01, 9, count)
    )
    poor = low & (made.random(count) < POOR_OF_BOTH)
    lacks = made.random((count, len(INDICATORS))) < np.where(poor[:, None], OFTEN, RARE)
    size = np.array([one.size for one in REGIONS])[region]
    columns = {
        "province": _words([f"{one:02d}" for one in range(1, 64)], province),
        "area": _words(["rural", "urban"], urban),
        "persons": pa.array((1 + made.poisson(size - 1)).astype(np.int8)),
        "income_per_person": pa.array(income.astype(np.int32)),
    }
    return pa.table(
        columns
        | {name: pa.array(lacks[:, at].astype(np.int8)) for at, name in enumerate(INDICATORS)}
    )


def _words(words: list[str], places: np.ndarray) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(pa.array(places.astype(np.int32)), pa.array(words))


def write(households: int, path: Path) -> None:
    """Write the nation; only one chunk is in memory."""
    parts = chunks(households)
    first = next(parts)
    with pq.ParquetWriter(path, first.schema, compression="zstd") as writer:
        writer.write_table(first, row_group_size=ROW_GROUP)
        for part in parts:
            writer.write_table(part, row_group_size=ROW_GROUP)


def main() -> None:
    """Make one file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("households", type=int)
    parser.add_argument("path", type=Path)
    arguments = parser.parse_args()
    write(arguments.households, arguments.path)


if __name__ == "__main__":
    main()
