"""Many scenarios at once: expanded, computed by any number of workers, and kept until all are there."""
