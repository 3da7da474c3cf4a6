"""Which different spellings name the same thing?"""

DEFAULT_GROUPS: tuple[tuple[str, ...], ...] = (
    ("G7", "Group of Seven"),
    ("G8", "Group of Eight"),
    ("G20", "Group of Twenty", "Group of 20"),
    ("ceasefire", "cease fire"),
    ("airstrike", "air strike"),
    ("healthcare", "health care"),
    ("policymaker", "policy maker"),
    ("lawmaker", "law maker"),
    ("peacekeeping", "peace keeping"),
    ("peacekeeper", "peace keeper"),
)
