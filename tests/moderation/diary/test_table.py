"""Tables for spreadsheets."""

import csv
import io

import pytest

from moderation.diary import table


def test_a_table_opens_in_a_swedish_spreadsheet():
    written = table.write(["Handling", "Avsändare"], [[17, "Åsa; Öberg"]])
    assert written.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(written.decode("utf-8-sig")), delimiter=";"))
    assert rows == [["Handling", "Avsändare"], ["17", "Åsa; Öberg"]]


@pytest.mark.parametrize("text", ["=1+1", "+46", "-2", "@SUM(A1)", "  =1", "\t=1", "\r\n=cmd|' /C calc'!A0", "＝1"])
def test_no_cell_is_a_formula(text):
    (_, row) = csv.reader(io.StringIO(table.write(["x"], [[text]]).decode("utf-8-sig")), delimiter=";")
    assert row[0].startswith("'")


def test_a_cell_is_one_line():
    assert table.write(["x"], [["a\nb"]]).count(b"\r\n") == 2
