"""Write the JSON Schema of every kind of file beside this module."""

from __future__ import annotations

import json
from pathlib import Path

from mcda.study.schema import FILES, json_schema

for kind in FILES:
    text = json.dumps(json_schema(kind), indent=2, ensure_ascii=False)
    Path(__file__).with_name(f"{kind}.json").write_text(text + "\n", encoding="utf-8", newline="\n")
