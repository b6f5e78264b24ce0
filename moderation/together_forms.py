"""What colleagues write to each other about an item."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from moderation.models import User
from moderation.policy.terms import Category


class NoteForm(forms.Form):
    text = forms.CharField(
        label="Ny anteckning",
        max_length=5000,
        help_text=(
            "Syns bara för kollegor. Skriv @ och ett namn för att säga till någon. "
            "Skriv sakligt: en anteckning kan bli allmän handling."
        ),
        widget=forms.Textarea({"rows": 3, "data-key": "note"}),
        error_messages={
            "required": "Skriv något i anteckningen.",
            "max_length": "Anteckningen är för lång. Den får ha högst 5 000 tecken. Det du skrev finns kvar här.",
        },
    )

    def __init__(self, data: Any = None):
        super().__init__(data, auto_id="anteckning-%s")


class AskForm(forms.Form):
    of = forms.ModelChoiceField(
        label="Kollega",
        queryset=User.objects.none(),
        empty_label="Välj en kollega",
        widget=forms.Select({"autofocus": True}),
        error_messages={"required": "Välj en kollega.", "invalid_choice": "Kollegan får inte bedöma handlingen."},
    )
    question = forms.CharField(
        label="Vad vill du veta?",
        required=False,
        max_length=5000,
        widget=forms.Textarea({"rows": 2}),
        error_messages={
            "max_length": "Frågan är för lång. Den får ha högst 5 000 tecken. Det du skrev finns kvar här."
        },
    )

    def __init__(self, colleagues: QuerySet[User], data: Any = None):
        super().__init__(data, auto_id="fraga-%s")
        self.fields["of"].queryset = colleagues  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    category = forms.ChoiceField(
        label="Vilken klass skulle du välja?",
        choices=[("", "Vet inte"), *Category.choices],
        required=False,
        error_messages={"invalid_choice": "Välj en av klasserna."},
    )
    answer = forms.CharField(
        label="Ditt svar",
        required=False,
        max_length=5000,
        widget=forms.Textarea({"rows": 3}),
        error_messages={
            "max_length": "Svaret är för långt. Det får ha högst 5 000 tecken. Det du skrev finns kvar här."
        },
    )

    def __init__(self, data: Any = None):
        super().__init__(data, auto_id="svar-%s")
