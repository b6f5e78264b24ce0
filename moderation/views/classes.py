"""The four classes as the decision pane draws them: the policy's own words, the reasons, and what will follow."""

from dataclasses import dataclass
from typing import Any

from moderation.forms import ClassificationForm
from moderation.models import PolicyText, PolicyVersion
from moderation.policy import rules
from moderation.policy.terms import Category, StepKind

# The words of the table become version 1 with the first judgement.
FIRST = 1


@dataclass(frozen=True)
class PolicyWords:
    """Of each class what the policy says and an example, and the number of the version."""

    number: int
    words: dict[str, tuple[str, str]]


def policy_words() -> PolicyWords:
    """The newest, or those of the table where nobody has written any. Writes nothing."""
    newest = PolicyVersion.objects.order_by("-number").values("pk")[:1]
    texts = list(PolicyText.objects.filter(version=newest).select_related("version"))
    shipped = {category.value: (rules.MEANING[category], rules.EXAMPLE[category]) for category in Category}
    if not texts:
        return PolicyWords(FIRST, shipped)
    return PolicyWords(texts[0].version.number, shipped | {each.category: (each.text, each.example) for each in texts})


def classes(form: ClassificationForm, policy: PolicyWords) -> list[dict[str, Any]]:
    """Each class with its reasons, what is chosen, and the steps that will follow from it."""
    chosen, reason = form["category"].value() or "", form["reason"].value() or ""
    return [
        {
            "category": each,
            "meaning": policy.words[each][0],
            "example": policy.words[each][1],
            "chosen": each == chosen,
            "steps": _numbered(rules.STEPS[each]),
            "reasons": [_reason(one, one == reason) for one in rules.REASONS[each]],
        }
        for each in Category
    ]


def _reason(reason: Any, chosen: bool) -> dict[str, Any]:
    """`steps` only where the reason has others than its class."""
    return {
        "reason": reason,
        "lagrum": rules.LAGRUM.get(reason, ""),
        "chosen": chosen,
        "steps": _numbered(rules.STEPS_BY_REASON.get(reason, ())),
        "advice": rules.ADVICE.get(reason, ""),
    }


def _numbered(steps: tuple[StepKind, ...]) -> list[str]:
    return [f"{number}. {step.label}" for number, step in enumerate(steps, start=1)]
