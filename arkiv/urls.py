"""What the browser can ask of the archive."""

from django.urls import path

from arkiv.views import evidence, files, printouts

app_name = "arkiv"
urlpatterns = [
    path("", printouts.printouts, name="printouts"),
    path("bestall/", printouts.order, name="order"),
    path("<int:pk>/", printouts.printout, name="printout"),
    path("<int:pk>/fil/", files.printout_file, name="printout_file"),
    path("<int:pk>/innehall.json", files.printout_document, name="printout_document"),
    path("bevisblad/<int:pk>/fil/", evidence.evidence_pdf, name="evidence_pdf"),
    path("bevisblad/<int:pk>/bild/", evidence.evidence_png, name="evidence_png"),
    path("bevisblad/<int:pk>/innehall.json", evidence.evidence_document, name="evidence_document"),
    path("<int:pk>/avbryt/", printouts.cancel, name="cancel"),
    path("<int:pk>/igen/", printouts.retry, name="retry"),
]
