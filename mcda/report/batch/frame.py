"""The results of a batch for pandas: the one place that knows it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from mcda.errors import Fault, StudyError
from mcda.report.batch.files import MANIFEST, PARQUET, RESULTS

if TYPE_CHECKING:
    from pandas import DataFrame


def read_results(folder: str | Path) -> DataFrame:
    """Read the table of results of a batch, with the types that its manifest states.

    Parameters
    ----------
    folder : as it was given to ``mcda batch -o``

    Returns
    -------
    DataFrame, a row for each alternative in each scenario that was ranked: texts are ``string``, numbers ``float64``

    Raises
    ------
    StudyError
        For a folder that holds no results, or none yet: the manifest is written last.

    Examples
    --------
    >>> read_results("out").query("rank == 1").alternative.value_counts()  # doctest: +SKIP
    >>> read_results("nowhere")
    Traceback (most recent call last):
    mcda.errors.StudyError: 'nowhere' holds no results of a batch: name the folder that mcda batch -o wrote
    """
    import pandas as pd

    folder = Path(folder)
    try:
        stated = json.loads((folder / MANIFEST).read_text("utf-8"))["columns"]
    except (OSError, ValueError, KeyError, TypeError):
        raise StudyError([Fault(code="cli.batch.no_results", values={"found": str(folder)})]) from None
    types = {key: "string" if kind == "text" else "float64" for key, kind in stated.items()}
    if (folder / PARQUET).exists():
        return pd.read_parquet(folder / PARQUET).astype(types)
    return pd.read_csv(folder / RESULTS, dtype=types, keep_default_na=False, na_values={
        key: [""] for key, kind in stated.items() if kind == "number"
    })
