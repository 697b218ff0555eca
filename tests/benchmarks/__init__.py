"""Speed against peers and plain numpy, as ratios within one process."""
