"""What the browser can ask of the ground floor."""

from django.contrib.auth.views import PasswordChangeDoneView, PasswordChangeView
from django.urls import path

from moderation.views import connection, history, item, media, policy_words, preferences, queue, roles, steps, webhook

urlpatterns = [
    path("ko/", queue.queue, name="queue"),
    path("handling/<int:pk>/", item.item, name="item"),
    path("handling/<int:pk>/bedom/", item.classify, name="classify"),
    path("handling/<int:pk>/verksamhet/", item.place, name="place"),
    path("atgard/<int:pk>/gjord/", steps.tick_step, name="tick_step"),
    path("atgard/<int:pk>/avsta/", steps.waive_step, name="waive_step"),
    path("atgard/<int:pk>/oppna/", steps.reopen_step, name="reopen_step"),
    path("bilaga/<int:pk>/", media.attachment, name="attachment"),
    path("roller/", roles.roles, name="roles"),
    path("roller/ge/", roles.grant_role, name="grant_role"),
    path("roller/<int:pk>/ta-tillbaka/", roles.revoke_role, name="revoke_role"),
    path("roller/verksamhet/", roles.new_verksamhet, name="add_verksamhet"),
    path("roller/person/", roles.add_person, name="add_person"),
    path("roller/person/<int:pk>/slutat/", roles.person_left, name="person_left"),
    path("webhook/facebook/", webhook.facebook, name="facebook_webhook"),
    path("anslutning/", connection.connection, name="connection"),
    path("anslutning/nyckel/", connection.connect_page, name="connect_page"),
    path("anslutning/epost/", connection.set_address, name="set_address"),
    path("historik/", history.history, name="history"),
    path("historik/las-in/", history.order, name="order_history"),
    path("historik/<int:pk>/avbryt/", history.cancel, name="cancel_history"),
    path("historik/<int:pk>/forsok-igen/", history.retry, name="retry_history"),
    path("installningar/", preferences.preferences, name="preferences"),
    path("policy/", policy_words.policy_words, name="policy_words"),
    path("losenord/", PasswordChangeView.as_view(), name="password_change"),
    path("losenord/bytt/", PasswordChangeDoneView.as_view(), name="password_change_done"),
]
