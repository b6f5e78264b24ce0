"""The registrator's work list: what is to be registered, out as a table, and the diarienummer back."""

from collections.abc import Iterable
from datetime import datetime
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from moderation import access
from moderation.actions import register as registering
from moderation.diary import numbers, pasted, table
from moderation.diary.numbers import Diarienummer
from moderation.diary_forms import DiarienummerForm, PastedForm
from moderation.models import FollowUpStep
from moderation.models.decision import FollowUpStepQuerySet
from moderation.policy import wording, workdays
from moderation.policy.terms import Right, StepKind
from moderation.views.choice import key
from moderation.views.follow_up import Line, after, lines, open_steps
from moderation.views.request import Request

ROWS = 30
# OSL 5:2: when it came in, what it is called, from whom, and in short what it is about. In the order it is typed.
HEADING = ("Datum", "Handling", "Avsändare", "Ärendet i korthet", "Klass", "Bedömd", "Adress", "Diarienummer")
APART = "Sekretess"
# So many numbers of a list are looked for among what is registered already.
DOUBLES = 20


@require_GET
def diary(request: Request) -> HttpResponse:
    now = timezone.now()
    access.require(request.user, Right.FOLLOW_UP, now)
    return _page(request, now)


@require_POST
def register_step(request: Request, pk: int) -> HttpResponse:
    now = timezone.now()
    step = access.step_for(request.user, pk, now)
    form = DiarienummerForm(request.POST)
    if not form.is_valid():
        return _page(request, now, wrong=(step.pk, form), status=400)
    waiting = registering.to_register(open_steps(request.user, now))
    thread = step.classification.item.thread_id
    within = waiting.filter(classification__item__thread=thread).select_related("classification")
    chosen = list(within) if form.cleaned_data["hela_traden"] else [step]
    written = form.cleaned_data["diarienummer"]
    done = registering.register(steps=chosen, diarienummer=written, by=request.user, now=now)
    if not done:
        messages.warning(request, "Någon annan hann före. Titta på handlingen.")
        return redirect(step.classification.item)
    messages.success(
        request, f"{wording.count(done, 'handling registrerad', 'handlingar registrerade')} som {written}."
    )
    _warn_of_double(request, written, {each.classification.item_id for each in chosen})
    return redirect("diary")


@require_POST
def register_list(request: Request) -> HttpResponse:
    """What cannot be used stays in the field, line by line, with why."""
    now = timezone.now()
    access.require(request.user, Right.FOLLOW_UP, now)
    form = PastedForm(request.POST)
    if not form.is_valid():
        return _page(request, now, pasted_form=form, status=400)
    tried = [
        (line, line.fault or _register_line(request, line, now)) for line in pasted.read(form.cleaned_data["lista"])
    ]
    left = [(line.written, fault) for line, fault in tried if fault]
    done = [line for line, fault in tried if not fault]
    if done:
        messages.success(request, f"{wording.count(len(done), 'handling registrerad', 'handlingar registrerade')}.")
    for written in list(dict.fromkeys(line.diarienummer for line in done))[:DOUBLES]:
        _warn_of_double(request, written, {line.item for line in done})
    if not left:
        return redirect("diary")
    again = PastedForm(initial={"lista": "\n".join(written for written, _ in left)})
    return _page(request, now, pasted_form=again, left=left, status=400)


@require_GET
def diary_table(request: Request) -> HttpResponse:
    """All that waits, as a table for a spreadsheet. What is secret is set apart: it is looked up here, by its number."""
    now = timezone.now()
    access.require(request.user, Right.FOLLOW_UP, now)
    waiting = registering.to_register(open_steps(request.user, now))
    rows = waiting.select_related("classification__item").by_due()
    body = table.write(HEADING, (_row(line) for line in lines(list(rows), request.user, now)))
    response = HttpResponse(body, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="att-registrera-{workdays.local_date(now)}.csv"'
    return response


def _page(
    request: Request,
    now: datetime,
    wrong: tuple[int, DiarienummerForm] | None = None,
    pasted_form: PastedForm | None = None,
    left: Iterable[tuple[str, str]] = (),
    status: int = 200,
) -> HttpResponse:
    waiting = registering.to_register(open_steps(request.user, now))
    begins = key(request.GET.get("efter", ""))
    found = list(after(waiting, begins)[: ROWS + 1])
    shown = lines(found[:ROWS], request.user, now)
    together = _together(waiting, shown)
    context = {
        "now": now,
        "rows": [(line, _form(line, wrong), together[line.step.classification.item.thread_id]) for line in shown],
        "count": waiting.count(),
        "late": waiting.overdue(now).count(),
        "pasted_form": pasted_form or PastedForm(),
        "left": left,
        "namnder": ", ".join(settings.NAMNDER),
        "more": f"{reverse('diary')}?{urlencode({'efter': found[ROWS - 1].pk})}" if len(found) > ROWS else "",
        "first": reverse("diary") if begins else "",
    }
    return render(request, "moderation/diary.html", context, status=status)


def _form(line: Line, wrong: tuple[int, DiarienummerForm] | None) -> DiarienummerForm:
    """As it was filled in, where it was refused."""
    return wrong[1] if wrong and wrong[0] == line.step.pk else DiarienummerForm()


def _together(waiting: FollowUpStepQuerySet, shown: list[Line]) -> dict[int, int]:
    """Of each thread on the page, how many wait in it."""
    threads = [line.step.classification.item.thread_id for line in shown]
    found = waiting.filter(classification__item__thread__in=threads).order_by()
    counts = dict.fromkeys(threads, 0)
    for thread in found.values_list("classification__item__thread", flat=True):
        counts[thread] += 1
    return counts


def _register_line(request: Request, line: pasted.Line, now: datetime) -> str:
    """Why it could not be done, or ""."""
    waiting = registering.to_register(open_steps(request.user, now))
    steps = list(waiting.filter(classification__item=line.item).select_related("classification__item"))
    if not steps:
        return f"Handling {line.item} väntar inte på något diarienummer."
    done = registering.register(steps=steps, diarienummer=line.diarienummer, by=request.user, now=now)
    return "" if done else f"Någon annan hann före med handling {line.item}."


def _warn_of_double(request: Request, written: str, these: set[int]) -> None:
    """The same number on something outside their threads is often right, and sometimes a slip."""
    number = numbers.read(written)
    alike = FollowUpStep.objects.filter(
        kind=StepKind.REGISTRERA, reference__contains=str(number.number) if number else written
    )
    elsewhere = alike.exclude(classification__item__thread__items__in=these).filter(classification__superseded_at=None)
    others = elsewhere.values_list("reference", "classification__item")[:200]
    same = sorted({item for reference, item in others if _same(reference, number)})
    if same:
        which = wording.count(len(same), "annan handling", "andra handlingar")
        messages.warning(request, f"{written} används redan för {which}, till exempel handling {same[0]}. Är det rätt?")


def _same(reference: str, number: Diarienummer | None) -> bool:
    return number is not None and numbers.read(reference) == number


def _row(line: Line) -> tuple[object, ...]:
    """Secret fields are set apart for everybody: the table leaves the house in mails and on sticks (OSL 5:2)."""
    item, judged = line.step.classification.item, line.step.classification
    sender = APART if line.is_secret else item.author_name
    matter = APART if line.is_secret else line.text or line.instead
    address = "" if line.is_secret else item.permalink_url
    day, judged_on = workdays.local_date(item.dated_at), workdays.local_date(judged.decided_at)
    return (day, item.pk, sender, matter, judged.get_category_display(), judged_on, address, "")
