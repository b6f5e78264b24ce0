"""Questions to a chef, the chef's answer, pauses and drafts. Whether the rules allow it is for the actions to say."""

from typing import Any

from django import forms

from moderation.models import Verksamhet
from moderation.policy.terms import PauseReason


class ReferForm(forms.Form):
    chef_namn = forms.CharField(
        label="Chefens namn",
        max_length=100,
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"required": "Skriv chefens namn.", "max_length": "Namnet får ha högst 100 tecken."},
    )
    chef_epost = forms.EmailField(
        label="Chefens e-postadress",
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "off"}),
        error_messages={
            "required": "Skriv chefens e-postadress.",
            "invalid": "Skriv en e-postadress som namn@kommunen.se.",
            "max_length": "E-postadressen är för lång.",
        },
    )
    question = forms.CharField(
        label="Vad ska chefen ta ställning till?",
        help_text="Chefen läser frågan på sidan som länken leder till. Den står inte i brevet.",
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": "Skriv vad chefen ska ta ställning till."},
    )

    def __init__(self, verksamhet: Verksamhet | None, data: Any = None):
        responsible = {}
        if verksamhet is not None:
            responsible = {"chef_namn": verksamhet.chef_namn, "chef_epost": verksamhet.chef_epost}
        super().__init__(data, auto_id="hanvisa-%s", initial=responsible)


class AnswerForm(forms.Form):
    answer = forms.CharField(
        label="Ditt svar",
        help_text="Skriv det som kan bli kommunens svar. Webbredaktören läser det innan något sänds.",
        widget=forms.Textarea({"rows": 8}),
        error_messages={"required": "Skriv ett svar."},
    )

    def __init__(self, data: Any = None):
        super().__init__(data, auto_id="svara-%s")


class HandOverForm(forms.Form):
    word = forms.CharField(
        label="Ett ord till webbredaktören",
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )

    def __init__(self, data: Any = None):
        super().__init__(data, auto_id="ta-over-%s")


class PauseForm(forms.Form):
    reason = forms.ChoiceField(
        label="Varför?",
        # The third reason comes of itself when the question is with a chef.
        choices=[(each, each.label) for each in (PauseReason.HOS_AVSANDAREN, PauseReason.ANNAT)],
        widget=forms.RadioSelect,
        error_messages={"required": "Välj varför svarstiden pausas.", "invalid_choice": "Välj ett av skälen."},
    )
    note = forms.CharField(
        label="Förklaring",
        required=False,
        help_text="Behövs vid annat skäl.",
        widget=forms.TextInput({"autocomplete": "off", "maxlength": 500}),
    )

    def __init__(self, data: Any = None):
        super().__init__(data, auto_id="pausa-%s")


class DraftForm(forms.Form):
    text = forms.CharField(
        label="Text",
        required=False,
        help_text="Ingenting sänds härifrån. Kopiera texten och svara på Facebook.",
        widget=forms.Textarea({"rows": 6}),
    )

    def __init__(self, data: Any = None, text: str = ""):
        super().__init__(data, auto_id="utkast-%s", initial={"text": text})
