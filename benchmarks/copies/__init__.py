"""Are wire copies folded, and nothing else? Run with python -m benchmarks.copies."""
