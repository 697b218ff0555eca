"""How results are told: words, tables, figures, the page, the folder of a report."""
