"""The table of results as Parquet: the one place that knows pyarrow."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from mcda.batch.results import Stretch
from mcda.engine.problem import Array
from mcda.errors import CommandError, Fault
from mcda.report.batch.columns import Columns, cell_values, scenario_values
from mcda.report.numbers import DIGITS

ROWS = 100_000  # in a row group, about; where it ends depends on the results alone


def require_parquet() -> None:
    """Refuse to go on where pyarrow is missing."""
    try:
        import pyarrow  # noqa: F401
    except ImportError:
        raise CommandError([Fault(code="fault.no_parquet")]) from None


class ParquetFile:
    """A file of results that grows stretch by stretch; it is whole once it is closed."""

    def __init__(self, path: Path, columns: Columns) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        self._pa: Any = pa
        self.columns = columns
        types = {"text": pa.string(), "number": pa.float64()}
        self.schema: Any = pa.schema([(key, types[kind]) for key, kind in columns.kinds.items()])
        self._writer: Any = pq.ParquetWriter(path, self.schema, compression="zstd", store_schema=False)
        self._tables: list[Any] = []
        self._rows = 0

    def add(self, stretch: Stretch) -> None:
        """Write the rows of a stretch: one for each alternative of each scenario that was ranked."""
        kept, n = np.flatnonzero(stretch.ranked), len(stretch.alternatives)
        if not len(kept):
            return
        names = stretch.grid.names(stretch.first, stretch.size)
        data: dict[str, Any] = {"scenario": [names[i] for i in kept for _ in range(n)]}
        data["alternative"] = list(stretch.alternatives) * len(kept)
        for key, cells in cell_values(stretch, self.columns).items():
            data[key] = _number(cells[kept].ravel())
        for key, values in scenario_values(stretch, self.columns).items():
            if isinstance(values, np.ndarray):
                data[key] = np.repeat(_number(values[kept]), n)
            else:
                data[key] = [values[i] for i in kept for _ in range(n)]
        arrays = [
            self._pa.array(data[field.name], field.type, from_pandas=field.type != self._pa.string())
            for field in self.schema
        ]
        self._tables.append(self._pa.table(arrays, schema=self.schema))
        self._rows += len(kept) * n
        if self._rows >= ROWS:
            self._flush()

    def close(self) -> None:
        """Write what is left, and the end of the file."""
        self._flush()
        self._writer.close()

    def _flush(self) -> None:
        if self._tables:
            self._writer.write_table(self._pa.concat_tables(self._tables), row_group_size=2 * ROWS)
        self._tables, self._rows = [], 0


def _number(values: Array) -> Array:
    """Round to as many digits as the same numbers have in CSV; NaN stands for nothing."""
    return np.array([float(f"{value:.{DIGITS}g}") for value in values.tolist()]) + 0.0
