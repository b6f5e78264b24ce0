"""What an archivist may type."""

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

from moderation.models import Page

# Days that the calendar and the databases can reckon with, and wider than anybody's Facebook.
EARLIEST, LATEST = date(2000, 1, 1), date(2099, 12, 31)


class DayField(forms.DateField):
    def __init__(self, missing: str, **kwargs: Any):
        super().__init__(
            widget=forms.DateInput({"type": "date", "min": str(EARLIEST), "max": str(LATEST)}, format="%Y-%m-%d"),
            input_formats=["%Y-%m-%d"],
            error_messages={"required": missing, "invalid": "Skriv dagen som ÅÅÅÅ-MM-DD, till exempel 2026-10-31."},
            validators=[
                MinValueValidator(EARLIEST, f"Välj en dag från {EARLIEST} och framåt."),
                MaxValueValidator(LATEST, f"Välj en dag till och med {LATEST}."),
            ],
            **kwargs,
        )


class PeriodForm(forms.Form):
    page = forms.ModelChoiceField(
        label="Sida",
        queryset=Page.objects.all(),
        empty_label=None,
        error_messages={"required": "Välj en sida.", "invalid_choice": "Sidan finns inte."},
    )
    first_day = DayField(label="Från och med", missing="Ange periodens första dag.")
    last_day = DayField(label="Till och med", missing="Ange periodens sista dag.")

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        pages = list(Page.objects.all()[:2])
        if len(pages) == 1:
            # There is nothing to choose.
            self.fields["page"].disabled = True
            self.fields["page"].initial = pages[0].pk
            self.fields["page"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        first, last = told.get("first_day"), told.get("last_day")
        if first and last and first > last:
            self.add_error("last_day", "Sista dagen får inte ligga före den första.")
        return told
