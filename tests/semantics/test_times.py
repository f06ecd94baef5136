"""Date-times, dates, times and durations: which forms are taken, which are refused, which are written."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from semantics.lines import Case, cases
from semantics.packages import Packages, refusal


@cases(
    """
    datetime: "2024-02-29T12:30:00Z" => datetime(2024, 2, 29, 12, 30, tzinfo=UTC)
    datetime: "2024-02-29t12:30:00z" => datetime(2024, 2, 29, 12, 30, tzinfo=UTC) => "2024-02-29T12:30:00Z"
    datetime: "2024-02-29 12:30:00Z" => datetime(2024, 2, 29, 12, 30, tzinfo=UTC) => "2024-02-29T12:30:00Z"
    datetime: "2024-02-29T12:30:00" => datetime(2024, 2, 29, 12, 30)
    datetime: "0001-01-01T00:00:00Z" => datetime(1, 1, 1, tzinfo=UTC)
    datetime: "9999-12-31T23:59:59.999999Z" => datetime(9999, 12, 31, 23, 59, 59, 999999, tzinfo=UTC)
    datetime = datetime(2024, 2, 29, 12, 30, fold=1) => "2024-02-29T12:30:00"
    list[datetime]: ["2024-02-29T12:30:00Z"] => [datetime(2024, 2, 29, 12, 30, tzinfo=UTC)]
    map[string, datetime | null]: {"a":"2024-02-29T12:30:00Z","b":null} => {"a": datetime(2024, 2, 29, 12, 30, tzinfo=UTC), "b": None}
    """
)
def test_datetimes(packages: Packages, case: Case) -> None:
    packages.check(case)


@cases(
    """
    datetime: "2024-02-29T12:30:00+00:00" => datetime(2024, 2, 29, 12, 30, tzinfo=UTC) => "2024-02-29T12:30:00Z"
    datetime: "2024-02-29T12:30:00-00:00" => datetime(2024, 2, 29, 12, 30, tzinfo=UTC) => "2024-02-29T12:30:00Z"
    datetime: "2024-02-29T12:30:00+05:30" => datetime(2024, 2, 29, 12, 30, tzinfo=timezone(timedelta(hours=5, minutes=30)))
    datetime: "2024-02-29T12:30:00-03:00" => datetime(2024, 2, 29, 12, 30, tzinfo=timezone(timedelta(hours=-3)))
    datetime: "2024-02-29T12:30:00+23:59" => datetime(2024, 2, 29, 12, 30, tzinfo=timezone(timedelta(hours=23, minutes=59)))
    datetime: "2024-02-29T12:30:00-23:59" => datetime(2024, 2, 29, 12, 30, tzinfo=timezone(-timedelta(hours=23, minutes=59)))
    datetime = datetime(2024, 2, 29, tzinfo=timezone(timedelta(0), "x")) => "2024-02-29T00:00:00Z"
    datetime = datetime(2024, 2, 29, tzinfo=timezone(timedelta(seconds=1))) ! expected a datetime.datetime whose offset is whole minutes, got datetime
    """
)
def test_offsets(packages: Packages, case: Case) -> None:
    packages.check(case)


DIGITS = (*range(1, 10), 12, 30)


def fractions() -> Iterator[tuple[str, int]]:
    """Fractions of a second, and the microseconds that they come to."""
    for digits in DIGITS:
        for said in (("123456789" * 4)[:digits], "9" * digits, "0" * (digits - 1) + "1"):
            yield said, int(said[:6].ljust(6, "0"))


@pytest.mark.parametrize(("said", "kept"), list(fractions()))
def test_fractions_of_seconds(packages: Packages, said: str, kept: int) -> None:
    """What is beyond microseconds is cut, never rounded."""
    written = f".{kept:06}" if kept else ""
    for zone in ("", "Z", "+05:30"):
        made = packages.box("datetime").from_json(f'{{"it":"2024-02-29T23:59:59.{said}{zone}"}}')
        assert (made.it.day, made.it.second, made.it.microsecond) == (29, 59, kept)
        assert made.to_json().decode() == f'{{"it":"2024-02-29T23:59:59{written}{zone}"}}'
        assert packages.box("time").from_json(f'{{"it":"23:59:59.{said}{zone}"}}').it.microsecond == kept


@pytest.mark.parametrize(("said", "kept"), list(fractions()))
def test_fractions_of_durations(packages: Packages, said: str, kept: int) -> None:
    """Cut likewise, towards zero, whatever the size of the rest."""
    for seconds in (0, 59, 86399, 123456789012):
        whole = timedelta(seconds=seconds, microseconds=kept)
        assert packages.box("duration").from_json(f'{{"it":"PT{seconds}.{said}S"}}').it == whole
        assert packages.box("duration").from_json(f'{{"it":"-PT{seconds}.{said}S"}}').it == -whole


@pytest.mark.parametrize(
    "said",
    [
        "2016-12-31T23:59:60Z",
        "2024-02-29T12:30:61Z",
        "2024-02-29T24:00:00Z",
        "2024-02-29T24:00:00",
        "2024-02-29T25:00:00Z",
        "2024-02-29T12:60:00Z",
        "2023-02-29T12:30:00Z",
        "2024-13-01T12:30:00Z",
        "2024-00-01T12:30:00Z",
        "2024-01-32T12:30:00Z",
        "0000-01-01T00:00:00Z",
        "10000-01-01T00:00:00Z",
        "-0001-01-01T00:00:00Z",
        "2024-02-29",
        "2024-02-29T12Z",
        "2024-02-29T12:30Z",
        "2024-02-29T12:30:00.Z",
        "2024-02-29T12:30:00,5Z",
        "2024-02-29T12:30:00+05",
        "2024-02-29T12:30:00+0530",
        "2024-02-29T12:30:00+05:60",
        "2024-02-29T12:30:00+24:00",
        "2024-02-29T12:30:00+05:30:15",
        "2024-02-29T12:30:00 Z",
        "2024-02-29T12:30:00ZZ",
        "2024-02-29T12:30:00 UTC",
        " 2024-02-29T12:30:00Z",
        "2024-02-29T12:30:00Z\n",
        "2024-02-29_12:30:00Z",
        "20240229T123000Z",
        "2024-W09-4T12:30:00Z",
        "2024-060T12:30:00Z",
        "2024-W09-4T12:30:00.123Z",
        "2024-02-29T24:00:00.000Z",
        "2024-02-29T12:30:00,123Z",
        "2024-02-29T123000.12345Z",
        "2024-02-29T12:30:00.1x3Z",
        "2024-02-29T12:30:00.12345x7Z",
        "2024-02-29T12:30:00.123456x8Z",
        "2024-02-29T12:30:00.123456:Z",
        "2024-02-29T12:30.123456:00Z",
        "2024-02-29T12:30:00.1+00",
        "2024-02-29T12:30:00.+0530",
        "2024-02-29T12:30:00+05:3",
        "2024-02-29T12:30:00+0530:",
        "2024-02-29T24:00:00.000Z",
        "2024W09-12T12:30:00.123Z",
        "2024-02-29T12:30:00.12\uff13Z",
        "2024-2-29T12:30:00Z",
        "\uff12024-02-29T12:30:00Z",
        "202\uff14-02-29T12:30:00Z",
        "2024-02-29T12:30:0\uff10Z",
        "now",
        "",
    ],
)
def test_datetimes_refused(packages: Packages, said: str) -> None:
    box = packages.box("datetime")
    assert refusal(lambda: box.from_dict({"it": said})) == [f"$.it: expected an RFC 3339 date-time, got {said!r}"]


@cases(
    """
    date: "2024-02-29" => date(2024, 2, 29)
    date: "0001-01-01" => date(1, 1, 1)
    date: "9999-12-31" => date(9999, 12, 31)
    date: "2023-02-29" ! expected a date such as 2024-02-29, got '2023-02-29'
    date: "0000-01-01" ! expected a date such as 2024-02-29, got '0000-01-01'
    date: "20240229" ! expected a date such as 2024-02-29, got '20240229'
    date: "2024-W09-4" ! expected a date such as 2024-02-29, got '2024-W09-4'
    date: "2024-W09" ! expected a date such as 2024-02-29, got '2024-W09'
    date: "2024-2-29" ! expected a date such as 2024-02-29, got '2024-2-29'
    date: "2024-02-29Z" ! expected a date such as 2024-02-29, got '2024-02-29Z'
    date: "2024-02-29T00:00:00" ! expected a date such as 2024-02-29, got '2024-02-29T00:00:00'
    date: "２０24-02-29" ! expected a date such as 2024-02-29, got '２０24-02-29'
    """
)
def test_dates(packages: Packages, case: Case) -> None:
    packages.check(case)


@cases(
    """
    time: "12:30:00" => time(12, 30)
    time: "12:30:00Z" => time(12, 30, tzinfo=UTC)
    time: "12:30:00z" => time(12, 30, tzinfo=UTC) => "12:30:00Z"
    time: "12:30:00+00:00" => time(12, 30, tzinfo=UTC) => "12:30:00Z"
    time: "12:30:00.5+05:30" => time(12, 30, 0, 500000, timezone(timedelta(hours=5, minutes=30))) => "12:30:00.500000+05:30"
    time: "00:00:00" => time(0)
    time: "23:59:59.999999" => time(23, 59, 59, 999999)
    time: "24:00:00" ! expected a time such as 12:30:00, got '24:00:00'
    time: "23:59:60" ! expected a time such as 12:30:00, got '23:59:60'
    time: "12:30" ! expected a time such as 12:30:00, got '12:30'
    time: "123000" ! expected a time such as 12:30:00, got '123000'
    time: "T12:30:00" ! expected a time such as 12:30:00, got 'T12:30:00'
    time: "12:30:00 Z" ! expected a time such as 12:30:00, got '12:30:00 Z'
    time = time(12, 30, tzinfo=timezone(timedelta(seconds=1))) ! expected a datetime.time, got time
    """
)
def test_times(packages: Packages, case: Case) -> None:
    packages.check(case)


@cases(
    """
    duration: "P1D" => timedelta(days=1)
    duration: "P2W" => timedelta(weeks=2) => "P14D"
    duration: "P1DT2H30M" => timedelta(days=1, hours=2, minutes=30) => "P1DT9000S"
    duration: "PT36H" => timedelta(days=1, hours=12) => "P1DT43200S"
    duration: "PT90M" => timedelta(minutes=90) => "PT5400S"
    duration: "PT1H30S" => timedelta(hours=1, seconds=30) => "PT3630S"
    duration: "PT0.5S" => timedelta(milliseconds=500)
    duration: "PT0.000001S" => timedelta(microseconds=1)
    duration: "PT0S" => timedelta(0)
    duration: "P0D" => timedelta(0) => "PT0S"
    duration: "-P1D" => timedelta(days=-1)
    duration: "-PT0.5S" => timedelta(milliseconds=-500)
    duration: "-P1DT1S" => -timedelta(days=1, seconds=1)
    duration: "-PT0S" => timedelta(0) => "PT0S"
    duration: "P999999999D" => timedelta(days=999999999)
    duration: "-P999999999D" => timedelta.min
    duration = timedelta.max => "P999999999DT86399.999999S"
    duration = timedelta(days=-1, seconds=1) => "-PT86399S"
    """
)
def test_durations(packages: Packages, case: Case) -> None:
    packages.check(case)


@pytest.mark.parametrize(
    "said",
    [
        "P1Y",
        "P1M",
        "P1Y2M3D",
        "P1W2D",
        "P0.5D",
        "PT0.5H",
        "PT1.5M",
        "PT0,5S",
        "PT.5S",
        "PT1.S",
        "PT1e3S",
        "P",
        "PT",
        "P1DT",
        "P1",
        "T1S",
        "1D",
        "+P1D",
        "P-1D",
        "PT-1S",
        "--P1D",
        "p1d",
        "PT1S ",
        "PT1M1H",
        "PT\uff11S",
        "P1000000000D",
        "-P999999999DT1S",
        f"PT{'9' * 400}S",
        "1:30:00",
        "",
    ],
)
def test_durations_refused(packages: Packages, said: str) -> None:
    box = packages.box("duration")
    (problem,) = refusal(lambda: box.from_dict({"it": said}))
    assert problem.startswith("$.it: expected an ISO 8601 duration, got '")
