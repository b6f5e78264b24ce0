"""What somebody would take instead: Django's own admin over the same table, with a row like ours."""

from django.contrib.admin import AdminSite, EmptyFieldListFilter, ModelAdmin, ShowFacets
from django.urls import include, path

from moderation.models import Item
from moderation.models.item import QUEUE_ORDER
from moderation.views.listing import ROWS


class BareAdmin(ModelAdmin):
    """As admin comes: the newest first, which an index of ours serves, with as many rows on a page as our queue."""

    list_display = ("author_name", "kind", "text", "answer_by", "dated_at", "assigned_to", "hint_kinds", "hidden")
    list_filter = (("waiting_since", EmptyFieldListFilter),)
    list_per_page = ROWS
    ordering = ("-dated_at",)
    search_fields = ("text", "author_name")


class SameWorkAdmin(BareAdmin):
    """Set to do what our pages do: the queue's order, its filters with how many each would leave, and all that search searches."""

    list_filter = (
        ("waiting_since", EmptyFieldListFilter),
        "kind",
        "thread__verksamhet",
        "classifications__category",
        "assigned_to",
        "dated_at",
    )
    show_facets = ShowFacets.ALWAYS
    ordering = QUEUE_ORDER
    search_fields = ("text", "author_name", "colleague_notes__text", "classifications__steps__reference")


# Sorted by the fifth column backwards, as our hits are.
NEWEST_FIRST = {"o": "-5"}

bare, same_work = AdminSite("bare"), AdminSite("same")
bare.register(Item, BareAdmin)
same_work.register(Item, SameWorkAdmin)

urlpatterns = [
    path("admin/", bare.urls),
    path("admin-same/", same_work.urls),
    path("", include("sociala_medier.urls")),
]
