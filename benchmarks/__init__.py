"""How does the search compare with other engines, in speed and quality? Each package runs with python -m."""
