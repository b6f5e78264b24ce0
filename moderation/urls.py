"""What the browser can ask of the ground floor."""

from django.contrib.auth.views import PasswordChangeDoneView, PasswordChangeView
from django.urls import path

urlpatterns = [
    path("losenord/", PasswordChangeView.as_view(), name="password_change"),
    path("losenord/bytt/", PasswordChangeDoneView.as_view(), name="password_change_done"),
]
