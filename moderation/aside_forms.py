"""Put aside, give to somebody, and do the same to many. Whether the rules allow it is for the actions to say."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from moderation.models import User
from moderation.policy.parking import Offer
from moderation.policy.terms import Verb

OWN_TIME = "egen"


class SeenForm(forms.Form):
    """What the person saw: the judgement's key, the number of the newest text and our own changes."""

    seen = forms.IntegerField(required=False, min_value=0, max_value=2**62)
    seen_version = forms.IntegerField(min_value=0, max_value=2**31 - 1)
    revision = forms.IntegerField(min_value=0, max_value=2**31 - 1)


class ParkForm(forms.Form):
    when = forms.ChoiceField(
        label="Kommer tillbaka till kön",
        widget=forms.RadioSelect,
        error_messages={"required": "Välj när handlingen ska komma tillbaka.", "invalid_choice": "Välj en av tiderna."},
    )
    until = forms.DateTimeField(
        label="Dag och klockslag",
        required=False,
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"invalid": "Skriv dag och klockslag som 2026-11-23 08:00."},
    )

    def __init__(self, offers: Sequence[Offer], data: Any = None):
        super().__init__(data, auto_id="parkera-%s")
        self.moments: dict[str, datetime] = {name: moment for name, words, moment in offers}
        choices = [*((name, words) for name, words, moment in offers), (OWN_TIME, "Egen tid")]
        self.fields["when"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if told.get("when") == OWN_TIME and "until" not in self.errors:
            if told.get("until") is None:
                raise ValidationError({"until": "Välj dag och klockslag."})
        elif told.get("when"):
            told["until"] = self.moments.get(told["when"])
        return told


class AssignForm(forms.Form):
    to = forms.ModelChoiceField(
        label="Kollega",
        queryset=User.objects.none(),
        empty_label="Välj en kollega",
        widget=forms.Select({"autofocus": True}),
        error_messages={"required": "Välj en kollega.", "invalid_choice": "Kollegan får inte bedöma handlingen."},
    )

    def __init__(self, judges: Any, data: Any = None):
        super().__init__(data, auto_id="tilldela-%s")
        self.fields["to"].queryset = judges  # type: ignore[attr-defined]


class BulkForm(forms.Form):
    """What to do with all of them. The note goes with each judgement."""

    verb = forms.ChoiceField(
        label="Vad ska göras?",
        choices=[
            (Verb.CLASSIFY, "Bedöm som ringa betydelse"),
            (Verb.PARK, "Parkera"),
            (Verb.ASSIGN, "Ge till en kollega"),
        ],
        error_messages={"required": "Välj vad som ska göras.", "invalid_choice": "Det går inte att göra med flera."},
    )
    note = forms.CharField(
        label="Anteckning",
        required=False,
        max_length=5000,
        widget=forms.Textarea({"rows": 2}),
        error_messages={"max_length": "Anteckningen är för lång. Den får ha högst 5 000 tecken."},
    )
