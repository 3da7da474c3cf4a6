"""How does the search compare with other engines, in speed and in quality? Each package runs with python -m."""
