"""Which parts of Whoosh wait until somebody needs them?

``whoosh.query`` imports one function each of ``whoosh.lang.porter`` and ``whoosh.lang.morph_en``, and these
compile hundreds of regular expressions when they are imported: a tenth of the time that a search takes,
which calls neither. So each is first a module that holds this function alone and fills itself with the rest
when the function is called or anything else of it is wanted. To whoever uses Whoosh in the same process it is
the same module.
"""

from __future__ import annotations

import sys
from importlib.machinery import PathFinder
from types import ModuleType
from typing import Any

import whoosh.lang


def defer(name: str, function: str) -> None:
    """Let module ``name``, of which others import ``function``, wait; nothing where it is loaded already."""
    if name in sys.modules:
        return
    spec = PathFinder.find_spec(name, whoosh.lang.__path__)
    if spec is None or spec.loader is None:
        return
    module, loader = ModuleType(name), spec.loader
    module.__spec__, module.__loader__, module.__file__ = spec, loader, spec.origin
    known: list[Any] = []  # the function itself

    def load() -> None:
        if not known:
            del module.__dict__["__getattr__"]
            loader.exec_module(module)
            known.append(getattr(module, function))
            setattr(module, function, late)  # whoever pickles the one finds the same

    def late(*args: Any, **kwargs: Any) -> Any:
        load()
        return known[0](*args, **kwargs)

    def missing(attribute: str) -> Any:
        if attribute.startswith("__"):
            raise AttributeError(attribute)
        load()
        return getattr(module, attribute)

    late.__module__, late.__name__, late.__qualname__ = name, function, function
    module.__dict__.update({function: late, "__getattr__": missing})
    sys.modules[name] = module
    setattr(whoosh.lang, name.rpartition(".")[2], module)


defer("whoosh.lang.porter", "stem")
defer("whoosh.lang.morph_en", "variations")
