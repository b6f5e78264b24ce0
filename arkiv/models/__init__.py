"""The archive's rows: what was printed, and what stands on it. May import moderation's models and policy."""

from arkiv.models.printout import PrintedItem, Printout

__all__ = ["PrintedItem", "Printout"]
