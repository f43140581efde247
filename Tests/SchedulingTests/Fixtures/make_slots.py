#!/usr/bin/env python3
"""Writes slots.json: free slots as counted minute by minute with Python's zoneinfo, an oracle that shares nothing
with the product but the zone files. The zone files are kept in it, so that a later tzdata changes no expectation.

    python3 Tests/SchedulingTests/Fixtures/make_slots.py
"""
import base64, json, random
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

ZONES = {  # the zone, and days around which its clocks change (or do not)
    "Europe/Bucharest": ["2026-03-25", "2026-10-22", "2027-01-04"],
    "America/New_York": ["2026-03-05", "2026-10-29", "2027-01-04"],
    "Asia/Kolkata": ["2026-03-25", "2027-01-04"],
    "Australia/Lord_Howe": ["2026-04-02", "2026-10-01"],
    "Africa/Casablanca": ["2026-02-12", "2026-03-19", "2027-02-05"],
    "Asia/Dubai": ["2026-06-01"],
    "Asia/Kathmandu": ["2026-06-01"],
    "America/St_Johns": ["2026-03-05", "2026-10-29"],
    "Pacific/Apia": ["2026-12-30"],
    "Europe/Dublin": ["2026-10-22"],
}
UTC = timezone.utc


def weekly_hours(rng):
    """Day shifts, night shifts across the changes, and days without work."""
    hours = []
    for weekday in range(1, 8):
        style = rng.choice(["day", "split", "night", "off", "whole"])
        hours += {
            "day": [(weekday, 540, 1020)],
            "split": [(weekday, 480, 735), (weekday, 780, 1050)],
            "night": [(weekday, 0, 365), (weekday, 1320, 1440)],
            "off": [],
            "whole": [(weekday, 0, 1440)],
        }[style]
    return hours


def expected(zone, hours, first, days, minutes, step, lead, horizon, now, taken):
    tz = ZoneInfo(zone)
    begin = datetime.combine(first, datetime.min.time(), UTC) - timedelta(hours=26)
    walls = []  # of each minute: ordinal of the day, minute of the day
    count = (days + 3) * 1440 + 2 * 26 * 60
    for n in range(count):
        wall = (begin + timedelta(minutes=n)).astimezone(tz)
        walls.append((wall.toordinal(), wall.hour * 60 + wall.minute))
    rows = {}
    for weekday, start, end in hours:
        rows.setdefault(weekday, []).append((start, end))
    today = now.astimezone(tz).toordinal()

    def row_of(day, minute):  # ordinal 1 is a Monday
        return next((r for r in rows.get((day - 1) % 7 + 1, []) if r[0] <= minute < r[1]), None)

    starts = []
    for n in range(count - minutes):
        day, minute = walls[n]
        if not first.toordinal() <= day < first.toordinal() + days:
            continue
        row = row_of(day, minute)
        if row is None or (minute - row[0]) % step:
            continue
        fits, previous = True, None
        for k in range(n, n + minutes):
            here = row_of(*walls[k])
            evenly = previous is not None and walls[k] == (previous[0], previous[1] + 1)
            if here is None or (evenly and here != current):
                fits = False
                break
            previous, current = walls[k], here
        at = begin + timedelta(minutes=n)
        if not fits or at < now + timedelta(minutes=lead) or day > today + horizon:
            continue
        end = at + timedelta(minutes=minutes)
        if any(a < end.timestamp() and at.timestamp() < b for a, b in taken):
            continue
        starts.append(int(at.timestamp()))
    return starts


def case(rng, zone, first):
    days, minutes, step = rng.choice([1, 5, 7, 9]), rng.choice([15, 30, 45, 60, 90]), rng.choice([10, 15, 20, 30, 60])
    hours = weekly_hours(rng)
    now = datetime.combine(first, datetime.min.time(), UTC) + timedelta(hours=rng.randint(-72, 20), minutes=7)
    lead, horizon = rng.choice([0, 60, 1440]), rng.choice([3, 30, 366])
    taken, at = [], datetime.combine(first, datetime.min.time(), UTC).timestamp() - 7200
    for _ in range(rng.randint(0, 25)):
        at += rng.randint(1, 40) * 900
        end = at + rng.choice([900, 1800, 5400])
        taken.append((int(at), int(end)))
        at = end
    starts = expected(zone, hours, first, days, minutes, step, lead, horizon, now, taken)
    return {
        "zone": zone, "hours": hours, "first": first.isoformat(), "days": days, "minutes": minutes, "step": step,
        "lead": lead, "horizon": horizon, "now": int(now.timestamp()), "taken": taken, "starts": starts,
    }


def main():
    rng = random.Random(20270104)
    cases = [
        case(rng, zone, date.fromisoformat(day)) for zone, days in ZONES.items() for day in days for _ in range(6)
    ]
    files = {zone: base64.b64encode(Path("/usr/share/zoneinfo", zone).read_bytes()).decode() for zone in ZONES}
    lines = ",\n".join(json.dumps(one, separators=(",", ":")) for one in cases)
    zones = json.dumps(files, separators=(",", ":"))
    Path(__file__).with_name("slots.json").write_text(f'{{"zones":{zones},\n"cases":[\n{lines}]}}\n')
    print(len(cases), "cases", sum(len(one["starts"]) for one in cases), "slots")


main()
