"""How often the hints are right, and what they cost: .venv/bin/python -m benchmarks.hints"""

import argparse
import json
import time
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from benchmarks import hints_labels, table
from moderation import graph, hints
from moderation.hints import HintKind

EXAMPLES = Path(graph.__file__).with_name("exempel.json")
SENTENCES = Path(__file__).with_name("hints_sentences.json")
# What the examples' own answers say.
CLASSES = {HintKind.KLAGOMAL: "diariefors_klagomal", HintKind.PAGAENDE_ARENDE: "diariefors_pagaende"}
HEADING = ["hint", "ought to", "found", "rightly", "precision", "recall"]
TIMES = 20


@dataclass(frozen=True)
class Sample:
    """A text, the kinds it ought to give, and the language a hint ought to name."""

    id: str
    text: str
    kinds: frozenset[HintKind]
    language: str = ""


@dataclass(frozen=True)
class Score:
    """Ids of samples: what ought to give the hint, and what gave it."""

    kind: HintKind
    truth: frozenset[str]
    found: frozenset[str]

    @property
    def right(self) -> frozenset[str]:
        return self.truth & self.found

    def row(self) -> tuple[object, ...]:
        return (
            self.kind.label,
            len(self.truth),
            len(self.found),
            len(self.right),
            _share(self.right, self.found),
            _share(self.right, self.truth),
        )


def examples() -> list[Sample]:
    """The project's own comments and posts, with the answers of the file and, where it has none, those given by hand."""
    told = json.loads(EXAMPLES.read_text())
    comments = [
        Sample(one["id"], one["comment_text"], _kinds(one), _language(one["language"])) for one in told["comments"]
    ]
    posts = [Sample(one["post_id"], one["text"], _by_hand(one["post_id"])) for one in told["posts"]]
    return comments + posts


def invented() -> dict[str, list[Sample]]:
    """Sentences by the round they were written for: before the word lists, and each time after they had changed."""
    rounds = json.loads(SENTENCES.read_text())["rounds"]
    return {one["name"]: [_sentence(number, told) for number, told in enumerate(one["sentences"], 1)] for one in rounds}


def _sentence(number: int, told: dict) -> Sample:
    kinds = frozenset(map(HintKind, told["kinds"]))
    return Sample(f"S{number:02}", told["text"], kinds, _language(told.get("language", "sv")))


def scores(samples: Iterable[Sample]) -> list[Score]:
    samples = list(samples)
    found = {one.id: set(hints.kinds(hints.find(one.text, hints_labels.NAMNDER))) for one in samples}
    return [
        Score(
            kind,
            frozenset(one.id for one in samples if kind in one.kinds),
            frozenset(one.id for one in samples if kind in found[one.id]),
        )
        for kind in HintKind
    ]


def misnamed(samples: Iterable[Sample]) -> list[str]:
    """Whose language was noticed, but called by the name of another."""
    return [
        one.id
        for one in samples
        for hint in hints.find(one.text)
        if hint.kind == HintKind.SPRAK and one.language and hint.detail != one.language
    ]


def microseconds(samples: Iterable[Sample]) -> list[float]:
    """CPU time for each text, the shortest first."""
    return sorted(_microseconds(one.text) for one in samples)


def _microseconds(text: str) -> float:
    start = time.process_time_ns()
    for _ in range(TIMES):
        hints.find(text, hints_labels.NAMNDER)
    return (time.process_time_ns() - start) / TIMES / 1000


def _kinds(comment: dict) -> frozenset[HintKind]:
    kinds = set(_by_hand(comment["id"]))
    kinds |= {kind for kind, name in CLASSES.items() if comment["expected_class"] == name}
    if comment["is_question"]:
        kinds.add(HintKind.FRAGA)
    if comment["language"] != "sv":
        kinds.add(HintKind.SPRAK)
    return frozenset(kinds)


def _by_hand(sample: str) -> frozenset[HintKind]:
    labels = [*hints_labels.BY_HAND.items(), *hints_labels.POSTS.items()]
    return frozenset(HintKind(kind) for kind, ids in labels if sample in ids)


def _language(code: str) -> str:
    return hints_labels.LANGUAGES.get(code, "")


def _share(part: frozenset[str], whole: frozenset[str]) -> str:
    return f"{len(part) / len(whole):.2f}" if whole else "–"


def _show(name: str, samples: list[Sample], wrong: bool) -> None:
    print(f"\n{name}: {len(samples)} texts\n")
    measured = scores(samples)
    table.show(HEADING, (one.row() for one in measured))
    for one in measured if wrong else ():
        print(f"{one.kind.label}: missed {sorted(one.truth - one.found)}, too many {sorted(one.found - one.truth)}")
    print(f"\nLanguages called by another's name: {misnamed(samples)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wrong", action="store_true", help="name the texts where a hint is wrong")
    asked = parser.parse_args()
    sets = {"the project's own": examples(), **invented()}
    for name, samples in sets.items():
        _show(name, samples, asked.wrong)
    spent = microseconds(chain.from_iterable(sets.values()))
    print(f"\nµs of CPU for a text: median {spent[len(spent) // 2]:.0f}, longest {spent[-1]:.0f}")


if __name__ == "__main__":
    main()
