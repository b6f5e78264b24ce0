"""What is typed when something is hidden or removed. Whether there is a ground for it is for the action to say."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from moderation.policy import rules
from moderation.policy.terms import Ground, InterventionKind

WHICH = "Välj vad som ska göras."
NO_GROUND = "Välj en grund."
NO_RULE = "Skriv vilken av sidans publicerade regler det gäller."


class InterventionForm(forms.Form):
    """`allowed` are the grounds to choose among; that another was chosen in the meantime is no fault of the form."""

    kind = forms.ChoiceField(choices=InterventionKind, error_messages={"required": WHICH, "invalid_choice": WHICH})
    ground = forms.ChoiceField(
        label="Grund",
        choices=Ground,
        widget=forms.RadioSelect,
        error_messages={"required": NO_GROUND, "invalid_choice": NO_GROUND},
    )
    rule = forms.CharField(
        label="Sidans regel",
        required=False,
        max_length=2000,
        help_text="Bara när grunden är sidans publicerade regler. Då ska en kollega godkänna först.",
        widget=forms.Textarea({"rows": 2}),
        error_messages={"max_length": "Regeln får ha högst 2 000 tecken."},
    )
    note = forms.CharField(
        label="Anteckning",
        required=False,
        max_length=5000,
        widget=forms.Textarea({"rows": 2}),
        error_messages={"max_length": "Anteckningen får ha högst 5 000 tecken."},
    )
    # What the person saw when deciding.
    seen = forms.IntegerField(required=False, min_value=0, max_value=2**62)
    seen_version = forms.IntegerField(min_value=0, max_value=2**31 - 1)

    def __init__(self, allowed: Collection[Ground], data: Any = None):
        super().__init__(data, auto_id="facebook-%s")
        choices = [(ground.value, ground.label) for ground in allowed]
        self.fields["ground"].widget.choices = choices
        self.fields["ground"].required = data is None or data.get("kind") in rules.NEEDS_A_GROUND
        # Where there is but one, nobody has to look for it.
        self.fields["ground"].initial = choices[0][0] if len(choices) == 1 else None
        self.asks_for_rule = bool(rules.NEEDS_A_SECOND & set(allowed))

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if (
            told.get("ground") in rules.NEEDS_A_SECOND
            and not told.get("rule", "").strip()
            and "rule" not in self.errors
        ):
            raise ValidationError({"rule": NO_RULE})
        return told

    @property
    def wanted(self) -> dict[str, str]:
        """To show it again there is no ground, and no rule unless one was broken."""
        told = self.cleaned_data
        ground = told["ground"] if told["kind"] in rules.NEEDS_A_GROUND else ""
        rule = told["rule"] if ground in rules.NEEDS_A_SECOND else ""
        return {"kind": told["kind"], "ground": ground, "rule": rule, "note": told["note"]}


class GapForm(forms.Form):
    gap = forms.CharField(
        max_length=2000,
        error_messages={
            "required": "Skriv vad som saknas i kopian.",
            "max_length": "Det får vara högst 2 000 tecken.",
        },
    )
