"""JSON Schema of the files of a study, for editors; ``python -m mcda.study.json_schema`` writes it anew."""
