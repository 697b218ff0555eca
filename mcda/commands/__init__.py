"""What each command does: from what was typed to an answer. Knows nothing of click."""
