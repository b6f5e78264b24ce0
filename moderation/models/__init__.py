"""The rows: fields, constraints, querysets, derived properties. No I/O. May import policy."""

from moderation.models.audit import AuditEntry, AuditHead
from moderation.models.decision import Classification, FollowUpStep
from moderation.models.item import Attachment, Item, ItemVersion, Thread
from moderation.models.page import Page, SyncRun
from moderation.models.people import RoleAssignment, User, Verksamhet

__all__ = [
    "Attachment",
    "AuditEntry",
    "AuditHead",
    "Classification",
    "FollowUpStep",
    "Item",
    "ItemVersion",
    "Page",
    "RoleAssignment",
    "SyncRun",
    "Thread",
    "User",
    "Verksamhet",
]
