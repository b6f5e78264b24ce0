"""The benchmarks still run, on little. Of their figures only those are asked for that no clock has a part in."""

import subprocess
import sys

import pytest

from benchmarks import calls, hints, hints_labels, reading, rows


def _printed(module: str, *arguments: str) -> list[list[str]]:
    """The cells of the table that the command prints, without its heading."""
    command = [sys.executable, "-m", f"benchmarks.{module}", *arguments]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    lines = [line for line in printed.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


@pytest.mark.django_db
def test_a_whole_page_costs_no_more_calls_than_it_must():
    floor, ours, poll, sdk, lists, flat = calls.measure(posts=24, comments=800)
    assert {way.found for way in (floor, ours, sdk, lists, flat)} == {824}
    # Beside the posts themselves: the page, posts that mention it, reels and conversations.
    assert ours.calls <= floor.calls + 4
    assert (poll.found, poll.calls) in {(0, 1), (0, 2)}
    assert min(sdk.calls, lists.calls) >= 20 * ours.calls
    assert flat.calls > 3 * ours.calls


@pytest.mark.django_db
def test_what_is_stored_is_counted_once_however_it_is_measured(capsys):
    new, unchanged, many, many_unchanged, single = rows.measure(items=60, baseline=20)
    assert unchanged.items == 5 * new.items > 100
    assert many.items == many_unchanged.items > 5 * new.items
    assert single.items > 10
    rows._show([new, unchanged, many, many_unchanged, single])
    assert "× the CPU" in capsys.readouterr().out


def test_a_sweep_over_http_tells_its_peak():
    (row,) = _printed("memory", "--comments", "80")
    assert row[:3] == ["sqlite", "80", "2"]
    assert 20 < float(row[3]) < 400


def test_every_delivery_of_a_storm_is_answered_and_kept():
    (row,) = _printed("webhooks", "--deliveries", "24", "--seconds", "0.5", "--engine", "sqlite")
    assert (row[1], row[2], row[6]) == ("24", "24", "24")
    assert row[-1] == "24"


def test_every_answer_given_by_hand_is_about_an_example_and_every_hint_is_measured_against_it():
    samples = hints.examples()
    by_hand = [*hints_labels.BY_HAND.values(), *hints_labels.POSTS.values()]
    assert set().union(*by_hand) <= {sample.id for sample in samples}
    scores = {score.kind: score for score in hints.scores(samples)}
    assert {kind: len(score.truth) for kind, score in scores.items() if kind in ("hot", "klagomal", "fraga")} == {
        "hot": 4,
        "klagomal": 28,
        "fraga": 48,
    }
    assert scores["personnummer"].right == scores["personnummer"].truth == scores["personnummer"].found
    assert hints.misnamed(samples) == []


def test_the_sentences_of_each_round_are_read_with_the_kinds_they_ought_to_give():
    rounds = hints.invented()
    assert next(iter(rounds)) == "before"
    assert all(len(samples) > 40 for samples in rounds.values())
    texts = [sample.text for samples in rounds.values() for sample in samples]
    assert len(texts) == len(set(texts))


def test_a_small_stock_is_measured_page_by_page():
    lines = _printed("pages", "--sizes", "600", "--times", "2", "--engine", "sqlite")
    names = [line[0] for line in lines]
    assert {"queue", "item", "judge and next", "search, rare", "admin: changelist"} <= set(names)
    assert {line[0].partition(":")[0] for line in lines} >= {"queue", "item", "admin"}


@pytest.mark.postgresql
def test_editors_at_once_judge_nothing_twice_and_leave_nothing_out_of_the_chain():
    (row,) = _printed("crowd", "--editors", "10", "--seconds", "10")
    judgements, errors, wrong = int(row[3]), int(row[8]), int(row[13])
    assert judgements > 0
    assert (errors, wrong) == (0, 0)


def test_a_form_is_read_with_what_is_hidden_and_chosen_in_it():
    page = """
      <form action="/ko/"><input name="q" value="annan"></form>
      <form action="/handling/7/bedom/?visa=mina"><input type="hidden" name="seen" value="">
        <input type="radio" name="category" value="sekretess"><input type="radio" name="reason" value="hot" checked>
        <textarea name="note"></textarea><button name="nasta" value="1">Spara</button></form>
      <input name="utanfor" value="1"><li data-row="17">"""
    assert reading.form(page, "/bedom/") == ("/handling/7/bedom/?visa=mina", {"seen": "", "reason": "hot", "note": ""})
    assert reading.form(page, "/parkera/") is None
    assert reading.rows(page) == [17]
