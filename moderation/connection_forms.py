"""What an administrator may give: a new key to the page, and an address for letters."""

from django import forms


class TokenForm(forms.Form):
    """What was typed is never shown again, not even where it was refused."""

    token = forms.CharField(
        label="Ny nyckel (token)",
        # A line break inside is told of by the action; a text field would take it away in silence.
        strip=False,
        help_text="Den visas inte igen. I databasen ligger den krypterad.",
        widget=forms.PasswordInput({"autocomplete": "off", "spellcheck": "false", "autocapitalize": "none"}),
        error_messages={"required": "Klistra in en nyckel."},
    )

    use_required_attribute = False


class AddressForm(forms.Form):
    email = forms.EmailField(
        label="Din e-postadress",
        required=False,
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "email"}),
        error_messages={
            "invalid": "Skriv adressen som namn@kommun.se.",
            "max_length": "Adressen är för lång.",
        },
    )
