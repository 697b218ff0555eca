"""The results of a batch as files: one tidy table, one row a scenario, a summary, and what is needed to repeat it."""
