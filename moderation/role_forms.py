"""What an administrator may type about people and their roles."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.crypto import get_random_string

from moderation.models import User, Verksamhet
from moderation.policy.terms import Role

# Neither 0 and o nor 1, i and l: it is read from a screen or over the telephone.
READABLE = "abcdefghjkmnpqrstuvwxyz23456789"


class GrantForm(forms.Form):
    user = forms.ModelChoiceField(
        label="Person",
        queryset=User.objects.filter(is_active=True),
        empty_label="Välj person",
        error_messages={"required": "Välj en person.", "invalid_choice": "Välj en person i listan."},
    )
    role = forms.ChoiceField(
        label="Roll",
        choices=[("", "Välj roll"), *Role.choices],
        error_messages={"required": "Välj en roll.", "invalid_choice": "Välj en roll i listan."},
    )
    verksamhet = forms.ModelChoiceField(
        label="Verksamhet",
        queryset=Verksamhet.objects.all(),
        required=False,
        empty_label="Hela kommunen",
        error_messages={"required": "Välj en verksamhet.", "invalid_choice": "Välj en verksamhet i listan."},
    )
    last_day = forms.DateField(
        label="Sista dag",
        required=False,
        help_text="Utan dag gäller rollen tills vidare.",
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Skriv dagen som ÅÅÅÅ-MM-DD, till exempel 2027-06-30."},
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        within: QuerySet[Verksamhet] | None,
        initial: dict[str, Any] | None = None,
    ):
        """`within` are the verksamheter the administrator may speak for; None is the whole municipality."""
        super().__init__(data, initial=initial, auto_id="ge-%s")
        if within is not None:
            verksamhet: Any = self.fields["verksamhet"]
            verksamhet.queryset, verksamhet.required, verksamhet.empty_label = within, True, "Välj verksamhet"


class PersonForm(forms.Form):
    username = forms.CharField(
        label="Användarnamn",
        max_length=150,
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
        error_messages={"required": "Ange ett användarnamn."},
    )
    first_name = forms.CharField(label="Förnamn", max_length=150, error_messages={"required": "Ange förnamnet."})
    last_name = forms.CharField(label="Efternamn", max_length=150, error_messages={"required": "Ange efternamnet."})
    titel = forms.CharField(label="Titel", max_length=100, required=False)
    email = forms.EmailField(
        label="E-post", required=False, error_messages={"invalid": "Skriv adressen som namn@kommun.se."}
    )
    password = forms.CharField(
        label="Tillfälligt lösenord",
        max_length=128,
        strip=False,
        help_text="Lämna det till personen, som byter det efter första inloggningen.",
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
        error_messages={"required": "Ange ett lösenord."},
    )

    def __init__(self, data: QueryDict | None = None):
        super().__init__(data, initial={"password": _suggested_password()}, auto_id="person-%s")


class ChefForm(forms.Form):
    chef_namn = forms.CharField(label="Ansvarig chef", max_length=100, required=False)
    chef_epost = forms.EmailField(
        label="Chefens e-post", required=False, error_messages={"invalid": "Skriv adressen som namn@kommun.se."}
    )

    def __init__(self, verksamhet: Verksamhet, data: QueryDict | None = None):
        known = {"chef_namn": verksamhet.chef_namn, "chef_epost": verksamhet.chef_epost}
        super().__init__(data, initial=known, auto_id=f"chef-{verksamhet.pk}-%s")
        self.verksamhet = verksamhet


class VerksamhetForm(forms.Form):
    namn = forms.CharField(label="Namn", max_length=100, error_messages={"required": "Ange verksamhetens namn."})
    chef_namn = ChefForm.base_fields["chef_namn"]
    chef_epost = ChefForm.base_fields["chef_epost"]

    def __init__(self, data: QueryDict | None = None):
        super().__init__(data, auto_id="verksamhet-%s")


def _suggested_password() -> str:
    """Such as k7mq-2xpw-9htd-vn4e."""
    return "-".join(get_random_string(4, READABLE) for _ in range(4))
