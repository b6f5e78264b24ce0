"""What a person may choose for their own workbench, and what an administrator may write as the policy's words."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict

from moderation import keys
from moderation.models import PolicyText
from moderation.policy.terms import Category


class PreferencesForm(forms.Form):
    """A field for each key, named tangent-NAME; `own_keys` holds those that differ from the table."""

    keys_on = forms.BooleanField(label="Använd kortkommandon med en enda tangent", required=False)
    blur_pictures = forms.BooleanField(label="Sudda bilder tills jag ber om att se dem", required=False)
    is_dense = forms.BooleanField(label="Tät lista", required=False)
    hints = forms.MultipleChoiceField(
        label="Ledtrådar jag vill se", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self, hints: Sequence[tuple[str, str]], data: QueryDict | None = None, initial: dict[str, Any] | None = None
    ):
        super().__init__(data, initial=initial, auto_id="val-%s")
        self.fields["hints"].choices = hints  # type: ignore[attr-defined]
        for key in keys.KEYS:
            self.fields[f"tangent-{key.name}"] = forms.CharField(
                label=key.label,
                max_length=1,
                widget=forms.TextInput({"size": "2", "autocapitalize": "none", "autocomplete": "off"}),
                error_messages={
                    "required": "Välj en bokstav eller en siffra.",
                    "max_length": "Välj en enda bokstav eller siffra.",
                },
            )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        typed = {key.name: told[name] for key in keys.KEYS if (name := f"tangent-{key.name}") in told}
        for name, sentence in keys.wrong(typed).items():
            if name in typed:
                self.add_error(f"tangent-{name}", sentence)
        self.own_keys = {
            key.name: typed[key.name] for key in keys.KEYS if typed.get(key.name, key.default) != key.default
        }
        return told

    @property
    def hidden_hints(self) -> list[str]:
        wanted = self.cleaned_data["hints"]
        return [kind for kind, _ in self.fields["hints"].choices if kind not in wanted]  # type: ignore[attr-defined]

    @property
    def key_fields(self) -> list[forms.BoundField]:
        return [self[f"tangent-{key.name}"] for key in keys.KEYS]


class PolicyWordsForm(forms.Form):
    """Of each class the policy's words and an example, and why they are changed. `seen` is the version that was read."""

    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, texts: Sequence[PolicyText], data: QueryDict | None = None, seen: int = 0):
        words = {f"{text.category}-text": text.text for text in texts}
        words |= {f"{text.category}-example": text.example for text in texts}
        super().__init__(data, initial=words | {"seen": seen}, auto_id="ord-%s")
        for category in Category:
            self.fields[f"{category}-text"] = forms.CharField(
                label="Policyns ord",
                max_length=1000,
                widget=forms.Textarea({"rows": 3}),
                error_messages={"required": f"Skriv vad policyn säger om ”{category.label}”."},
            )
            self.fields[f"{category}-example"] = forms.CharField(
                label="Exempel", max_length=1000, required=False, widget=forms.Textarea({"rows": 2})
            )
        self.fields["note"] = forms.CharField(
            label="Vad ändras och varför?",
            max_length=2000,
            widget=forms.Textarea({"rows": 2}),
            error_messages={"required": "Skriv vad som ändras och varför."},
        )

    @property
    def words(self) -> dict[str, tuple[str, str]]:
        told = self.cleaned_data
        return {category: (told[f"{category}-text"], told[f"{category}-example"]) for category in Category}

    @property
    def groups(self) -> list[tuple[Category, forms.BoundField, forms.BoundField]]:
        return [(category, self[f"{category}-text"], self[f"{category}-example"]) for category in Category]
