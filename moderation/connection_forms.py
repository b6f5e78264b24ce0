"""What an administrator may give: a new key to the page, an address for letters, and the page's own export."""

from typing import Any

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


class ExportForm(forms.Form):
    """`refusal` says why the file was not taken, where it was not."""

    file = forms.FileField(
        label="ZIP-fil från Facebook",
        help_text="Filen som du hämtade från Facebook, precis som den är.",
        # An empty file is told of like every other that is no export.
        allow_empty_file=True,
        widget=forms.FileInput({"accept": ".zip,application/zip"}),
    )

    use_required_attribute = False

    def __init__(self, *args: Any, refusal: str = "", **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["file"].error_messages["required"] = refusal or "Välj en fil."
