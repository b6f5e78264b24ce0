"""To whom everything is handed over at the end of the day."""

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict

from moderation.models import User


class HandOverForm(forms.Form):
    to = forms.ModelChoiceField(
        label="Lämna över allt mitt till",
        queryset=User.objects.none(),
        empty_label="Välj en kollega",
        error_messages={"required": "Välj en kollega.", "invalid_choice": "Kollegan kan inte följa upp något."},
    )

    def __init__(self, colleagues: QuerySet[User], data: QueryDict | None = None):
        super().__init__(data)
        self.fields["to"].queryset = colleagues  # type: ignore[attr-defined]
