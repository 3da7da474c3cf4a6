"""How does the search compare with other engines, in speed and in quality? Each runs with python -m."""
