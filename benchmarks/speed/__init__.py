"""How fast are we beside the tools that a reader would take instead?"""
