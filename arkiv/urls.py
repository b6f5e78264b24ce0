"""What the browser can ask of the archive."""

from django.urls import path

from arkiv.views import files, printouts

app_name = "arkiv"
urlpatterns = [
    path("", printouts.printouts, name="printouts"),
    path("bestall/", printouts.order, name="order"),
    path("<int:pk>/", printouts.printout, name="printout"),
    path("<int:pk>/fil/", files.printout_file, name="printout_file"),
    path("<int:pk>/innehall.json", files.printout_document, name="printout_document"),
    path("<int:pk>/avbryt/", printouts.cancel, name="cancel"),
    path("<int:pk>/igen/", printouts.retry, name="retry"),
]
