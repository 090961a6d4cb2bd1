"""The oracle of `npm run bench -- zones`: local times made into instants by Python's zoneinfo.

One JSON object on stdin, one on stdout. It shares nothing with src/delivery/schedule.ts: it does not
look for the end of a gap, it tries minute after minute until a local time exists.
"""

import json
import sys
from datetime import date, datetime, timedelta, timezone
from importlib import import_module
from pathlib import Path
from zoneinfo import TZPATH, ZoneInfo, available_timezones

MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)


def version():
    """The version of the zone database that zoneinfo reads."""
    for folder in TZPATH:
        for name in ("tzdata.zi", "+VERSION"):
            file = Path(folder) / name
            if file.is_file():
                with file.open() as lines:
                    return lines.readline().replace("# version", "").strip()
    try:
        return import_module("tzdata").IANA_VERSION
    except ImportError:
        return "unknown"


def instant(local, zone):
    """Seconds since 1970. A time that comes twice is the first; one that is skipped, the next valid."""
    while True:
        # fold is 0: of two instants with this local time, the first.
        found = local.replace(tzinfo=zone).astimezone(timezone.utc)
        if found.astimezone(zone).replace(tzinfo=None) == local:
            return int(found.timestamp())
        local += MINUTE


def offset(seconds, zone):
    """Seconds that local time is ahead of UTC at an instant."""
    at = datetime.fromtimestamp(seconds, timezone.utc).astimezone(zone)
    return int(at.utcoffset() / SECOND)


def turns(first, last, zone):
    """The days on which the clocks are changed, as `2026-03-29`."""
    days = []
    day = first
    while day < last:
        start = datetime(day.year, day.month, day.day, tzinfo=zone).utcoffset()
        day_after = day + timedelta(days=1)
        end = datetime(day_after.year, day_after.month, day_after.day, tzinfo=zone).utcoffset()
        if start != end:
            days.append(day.isoformat())
        day = day_after
    return days


def answer(question):
    if question["ask"] == "zones":
        first, last = (date.fromisoformat(day) for day in question["span"])
        known = sorted(available_timezones())
        return {"tz": version(), "turns": {name: turns(first, last, ZoneInfo(name)) for name in known}}
    if question["ask"] == "instants":
        return {
            name: [instant(datetime.fromisoformat(local), ZoneInfo(name)) for local in locals_]
            for name, locals_ in question["locals"].items()
        }
    if question["ask"] == "offsets":
        return {
            name: [offset(seconds, ZoneInfo(name)) for seconds in instants]
            for name, instants in question["instants"].items()
        }
    raise ValueError(question["ask"])


json.dump(answer(json.load(sys.stdin)), sys.stdout)
