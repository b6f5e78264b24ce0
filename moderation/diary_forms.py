"""What a registrator writes back."""

from django import forms
from django.core.exceptions import ValidationError

from moderation.diary import numbers

NONE = "Skriv diarienumret som det står i diariet, till exempel KS 2026/123."


class DiarienummerForm(forms.Form):
    """For one step, and where that is asked for all that waits in the same thread."""

    diarienummer = forms.CharField(label="Diarienummer", max_length=100, error_messages={"required": NONE})
    hela_traden = forms.BooleanField(required=False)

    def clean_diarienummer(self) -> str:
        written: str = self.cleaned_data["diarienummer"].strip()
        if numbers.read(written) is None:
            raise ValidationError(NONE)
        return written


class PastedForm(forms.Form):
    lista = forms.CharField(
        label="Handling och diarienummer, en rad för varje",
        max_length=100_000,
        widget=forms.Textarea({"rows": 4, "placeholder": "17;KS 2026/123"}),
        error_messages={"required": "Klistra in minst en rad.", "max_length": "Klistra in högst 1000 rader åt gången."},
    )
