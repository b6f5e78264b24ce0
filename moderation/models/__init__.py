"""The rows: fields, constraints, querysets, derived properties. No I/O. May import policy."""

from moderation.models.audit import AuditEntry, AuditHead
from moderation.models.completeness import ThreadCount
from moderation.models.decision import Classification, FollowUpStep
from moderation.models.deed import Bulk, BulkRow, Deed
from moderation.models.delivery import RefusedDelivery, WebhookDelivery
from moderation.models.intervention import Intervention
from moderation.models.item import Attachment, Item, ItemVersion, Thread
from moderation.models.operation import Heartbeat, HistoryImport, Mail
from moderation.models.page import Page, PageSnapshot, Standstill, SyncRun
from moderation.models.people import RoleAssignment, User, Verksamhet
from moderation.models.policy_text import PolicyText, PolicyVersion
from moderation.models.preferences import Preferences, SavedView
from moderation.models.referral import Draft, Pause, Referral
from moderation.models.search import SearchEntry, SearchProgress, SearchWord
from moderation.models.together import Lease, Note, Notice, Opinion, Presence, Skip

__all__ = [
    "Attachment",
    "AuditEntry",
    "AuditHead",
    "Bulk",
    "BulkRow",
    "Classification",
    "Deed",
    "Draft",
    "FollowUpStep",
    "Heartbeat",
    "HistoryImport",
    "Intervention",
    "Item",
    "ItemVersion",
    "Lease",
    "Mail",
    "Note",
    "Notice",
    "Opinion",
    "Page",
    "PageSnapshot",
    "Pause",
    "PolicyText",
    "PolicyVersion",
    "Preferences",
    "Presence",
    "Referral",
    "RefusedDelivery",
    "RoleAssignment",
    "SavedView",
    "SearchEntry",
    "SearchProgress",
    "SearchWord",
    "Skip",
    "Standstill",
    "SyncRun",
    "Thread",
    "ThreadCount",
    "User",
    "Verksamhet",
    "WebhookDelivery",
]
