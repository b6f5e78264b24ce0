"""The rows: fields, constraints, querysets, derived properties. No I/O. May import policy."""

from moderation.models.audit import AuditEntry, AuditHead
from moderation.models.completeness import ThreadCount
from moderation.models.decision import Classification, FollowUpStep
from moderation.models.delivery import RefusedDelivery, WebhookDelivery
from moderation.models.item import Attachment, Item, ItemVersion, Thread
from moderation.models.operation import Heartbeat, HistoryImport, Mail
from moderation.models.page import Page, PageSnapshot, Standstill, SyncRun
from moderation.models.people import RoleAssignment, User, Verksamhet

__all__ = [
    "Attachment",
    "AuditEntry",
    "AuditHead",
    "Classification",
    "FollowUpStep",
    "Heartbeat",
    "HistoryImport",
    "Item",
    "ItemVersion",
    "Mail",
    "Page",
    "PageSnapshot",
    "RefusedDelivery",
    "RoleAssignment",
    "Standstill",
    "SyncRun",
    "Thread",
    "ThreadCount",
    "User",
    "Verksamhet",
    "WebhookDelivery",
]
