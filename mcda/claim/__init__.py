"""Whether a claim about a ranking survives every defensible choice."""
