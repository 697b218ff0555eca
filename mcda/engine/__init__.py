"""What follows: from a matrix, directions and weights to scores and ranks. Arrays only; knows nothing of studies."""
