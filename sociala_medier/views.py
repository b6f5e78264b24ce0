"""Pages that concern the whole house: start, help, health."""

from django.http import HttpRequest, HttpResponse


def start(request: HttpRequest) -> HttpResponse:
    return HttpResponse("")


def health(request: HttpRequest) -> HttpResponse:
    return HttpResponse("")


def help_page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("")
