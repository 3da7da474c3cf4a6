"""What is typed, and how it is answered: the only package that knows Click and the only one that exits."""

import gc

# Modules being loaded are no rubbish to be looked through again and again: by itself Python does so after 700
# new objects. Set before Click, which is the first of them.
gc.set_threshold(100_000)
