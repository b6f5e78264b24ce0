"""Which app answers where."""

from django.contrib.auth.views import LoginView, LogoutView
from django.urls import include, path

from sociala_medier import status, views

urlpatterns = [
    path("", views.start, name="start"),
    path("logga-in/", LoginView.as_view(redirect_authenticated_user=True), name="login"),
    path("logga-ut/", LogoutView.as_view(), name="logout"),
    path("halsa", views.health, name="health"),
    path("drift/", status.status, name="status"),
    path("hjalp/", views.help_page, name="help"),
    path("tillganglighet/", views.accessibility, name="accessibility"),
    path("", include("moderation.urls")),
    path("utskrifter/", include("arkiv.urls")),
]
