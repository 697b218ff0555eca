"""How sure: what happens to a ranking when weights, scores or choices move. Arrays only; knows nothing of studies."""
