"""Meta's own page export ("Ladda ner din information", JSON in a ZIP): pure reading, nothing is unpacked to disk."""

from moderation.graph.export.archive import BadExport, Limits
from moderation.graph.export.reader import Export, Found, open_export

__all__ = ["BadExport", "Export", "Found", "Limits", "open_export"]
