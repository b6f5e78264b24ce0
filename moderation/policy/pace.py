"""How hard we may lean on Facebook, and how often we look."""

from datetime import timedelta

# Per cent of what Facebook allows: above the first only what is new is read, above the second nothing.
SLOW_ABOVE, STOP_ABOVE = 75, 90
# How long a figure is believed, and how long to rest above the higher limit.
USAGE_LASTS = timedelta(minutes=10)
PAUSE = timedelta(minutes=10)
# Where Facebook throttles without saying for how long: further calls would prolong the block.
THROTTLED = timedelta(minutes=15)

# The whole page is gone through once a night, and goes on at once where it was interrupted.
SWEEP_EVERY = timedelta(hours=23)
# One stretch of work on the whole page, after which others have their turn.
STRETCH = timedelta(seconds=30)
# What was refused is not asked for again until then.
REFUSED_FOR = timedelta(hours=1)
# Facebook's clocks and ours differ, and what happens within a second may come in any order.
OVERLAP = timedelta(minutes=10)

# Nothing has been read for so long: the page stands still.
STANDSTILL = timedelta(minutes=15)

# A key that Facebook has refused is tried again so often, since a person may have put it right over there.
DEAD_KEY_TRIED = timedelta(minutes=5)
