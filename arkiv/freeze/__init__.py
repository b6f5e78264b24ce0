"""Rows to frozen Documents: of a printout, and of an evidence sheet."""

from arkiv.freeze.printouts import Frozen, freeze
from arkiv.freeze.sheets import Sheet, evidence

__all__ = ["Frozen", "Sheet", "evidence", "freeze"]
