"""The archive's rows: what was printed, what stands on it, and the evidence sheets.

May import moderation's models and policy.
"""

from arkiv.models.evidence import Evidence, EvidencePicture, ShownItem
from arkiv.models.printout import PrintedItem, Printout

__all__ = ["Evidence", "EvidencePicture", "PrintedItem", "Printout", "ShownItem"]
