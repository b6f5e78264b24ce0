"""What an editor may type. Whether the rules allow it is for the actions to say."""

from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict

from moderation.models import FollowUpStep, Verksamhet
from moderation.policy import rules
from moderation.policy.terms import Category, Reason


class ClassificationForm(forms.Form):
    category = forms.ChoiceField(
        label="Klass",
        choices=Category,
        error_messages={"required": "Välj en klass.", "invalid_choice": "Välj en klass."},
    )
    reason = forms.ChoiceField(
        label="Skäl",
        choices=[("", "Inget skäl"), *Reason.choices],
        required=False,
        error_messages={"invalid_choice": "Välj ett av klassens skäl."},
    )
    note = forms.CharField(label="Anteckning", required=False, max_length=5000, widget=forms.Textarea({"rows": 3}))
    # What the person saw when deciding: the judgement's key and the number of the newest text.
    seen = forms.IntegerField(required=False)
    seen_version = forms.IntegerField(required=False)
    # After a conflict: the judgement that is to give way, or that a colleague's hold on the item is taken over.
    ersatter = forms.IntegerField(required=False)
    ta_over = forms.BooleanField(required=False)
    # Then on to the next item, of the queue as it was chosen.
    nasta = forms.BooleanField(required=False)
    ko = forms.CharField(required=False)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        category, reason = told.get("category"), told.get("reason")
        if category and reason is not None and not rules.belongs(reason, category):
            label = Category(category).label
            self.add_error(
                "reason",
                f"Välj ett skäl som hör till ”{label}”." if rules.REASONS[category] else f"”{label}” har inga skäl.",
            )
        if told.get("ersatter") and not told.get("note", "").strip() and "note" not in self.errors:
            self.add_error("note", "Skriv i anteckningen varför din bedömning ska gälla i stället.")
        return told

    @property
    def judgement(self) -> dict[str, Any]:
        """What was decided, and what the person had before them when deciding."""
        return {name: self.cleaned_data[name] for name in ("category", "reason", "note", "seen", "seen_version")}


class TickForm(forms.Form):
    done_on = forms.DateField(
        label="Utförd den",
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Ange vilken dag åtgärden utfördes.", "invalid": "Skriv dagen som 2026-11-22."},
    )
    reference = forms.CharField(max_length=100)

    def __init__(self, step: FollowUpStep, today: date, data: QueryDict | None = None):
        super().__init__(data, initial={"done_on": today}, auto_id=f"atgard-{step.pk}-%s")
        self.fields["done_on"].widget.attrs["max"] = today.isoformat()
        if label := step.reference_label:
            self.fields["reference"].label = label
            self.fields["reference"].error_messages["required"] = f"Ange {label[0].lower()}{label[1:]}."
        else:
            del self.fields["reference"]


class WaiveForm(forms.Form):
    because = forms.CharField(
        label="Varför behövs åtgärden inte?",
        max_length=2000,
        widget=forms.Textarea({"rows": 2}),
        error_messages={"required": "Skriv varför åtgärden inte behövs."},
    )

    def __init__(self, step: FollowUpStep, data: QueryDict | None = None):
        super().__init__(data, auto_id=f"atgard-{step.pk}-%s")


class PlaceForm(forms.Form):
    verksamhet = forms.ModelChoiceField(
        label="Verksamhet",
        queryset=Verksamhet.objects.all(),
        required=False,
        empty_label="Hela kommunen",
        error_messages={"invalid_choice": "Verksamheten finns inte."},
    )
