#!/bin/sh
# Two valid repeats in a calendar: every month from 31 January on, every year
# from 29 February 2024 on. RFC 5545 (3.3.10) has a date that does not exist left
# out: the months of 31 days, and the leap years.
#
# Guess: the libraries leave it out, as the RFC says by name; one may put the last
# day of a short month in instead, and is back on the 31st the month after.
# Seen:
#                      monthly from 31 January 2026   yearly from 29 February 2024
#   the RFC            31 Jan, 31 Mar, 31 May         2024, 2028, 2032
#   icalendar 7.3.2 with recurring-ical-events 3.8.2, vobject 0.9.9
#                      the same                       the same
#   ical.js 2.2.1      the same                       every year, on 1 March where
#                                                     there is no 29 February
#   node-ical 0.26.1   31 Jan, 28 Feb, 28 Mar ...     every year, from 2025 on always
#                      and never a 31st again         on 28 February, 2028 as well
# So the last day of a month is written as such (BYMONTHDAY=-1), which all four
# read alike.
#
# Needs: python3 (3.10 or later) with venv, node, npm. Exits 1 if this changes.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
export TZ=UTC
python3 -m venv venv
venv/bin/pip -q --disable-pip-version-check install icalendar==7.3.2 \
    recurring-ical-events==3.8.2 vobject==0.9.9 python-dateutil==2.9.0.post0 tzdata==2026.6
echo '{"private":true}' >package.json
npm install --silent --no-audit --no-fund --save-exact ical.js@2.2.1 node-ical@0.26.1 >/dev/null

event() {
    printf '%s\r\n' BEGIN:VCALENDAR VERSION:2.0 PRODID:-//findings//last//EN BEGIN:VEVENT \
        UID:last DTSTAMP:20240101T000000Z "DTSTART:$1" "RRULE:$2" DURATION:PT1H \
        SUMMARY:Tea END:VEVENT END:VCALENDAR
}
event 20260131T100000Z "FREQ=MONTHLY;COUNT=6" >monthly.ics
event 20240229T100000Z "FREQ=YEARLY;COUNT=6" >yearly.ics
event 20260131T100000Z "FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=6" >last.ics

cat >read.py <<'PY'
import icalendar, recurring_ical_events, vobject
for name in ("monthly", "yearly", "last"):
    with open(name + ".ics", newline="") as file:
        text = file.read()
    events = recurring_ical_events.of(icalendar.Calendar.from_ical(text)).between((2024, 1, 1), (2050, 1, 1))
    print("recurring-ical-events", name, *(f"{event.start:%y-%m-%d}" for event in events))
    events = vobject.readOne(text).vevent.getrruleset(True)
    print("vobject", name, *(f"{day:%y-%m-%d}" for day in events))
PY
cat >read.mjs <<'JS'
import { readFileSync } from "node:fs";
import ICAL from "ical.js";
import ical from "node-ical";
for (const name of ["monthly", "yearly", "last"]) {
  const text = readFileSync(`${name}.ics`, "utf8");
  const root = new ICAL.Component(ICAL.parse(text));
  const days = new ICAL.Event(root.getFirstSubcomponent("vevent")).iterator();
  const found = [];
  for (let day = days.next(); day; day = days.next()) found.push(day.toString().slice(2, 10));
  console.log("ical.js", name, ...found);
  const event = Object.values(ical.sync.parseICS(text)).find((part) => part.type === "VEVENT");
  console.log("node-ical", name,
    ...event.rrule.all().map((day) => day.toISOString().slice(2, 10)));
}
JS
{ venv/bin/python read.py; node read.mjs; } >got
cat got
cat >want <<'TXT'
recurring-ical-events monthly 26-01-31 26-03-31 26-05-31 26-07-31 26-08-31 26-10-31
vobject monthly 26-01-31 26-03-31 26-05-31 26-07-31 26-08-31 26-10-31
recurring-ical-events yearly 24-02-29 28-02-29 32-02-29 36-02-29 40-02-29 44-02-29
vobject yearly 24-02-29 28-02-29 32-02-29 36-02-29 40-02-29 44-02-29
recurring-ical-events last 26-01-31 26-02-28 26-03-31 26-04-30 26-05-31 26-06-30
vobject last 26-01-31 26-02-28 26-03-31 26-04-30 26-05-31 26-06-30
ical.js monthly 26-01-31 26-03-31 26-05-31 26-07-31 26-08-31 26-10-31
node-ical monthly 26-01-31 26-02-28 26-03-28 26-04-28 26-05-28 26-06-28
ical.js yearly 24-02-29 25-03-01 26-03-01 27-03-01 28-02-29 29-03-01
node-ical yearly 24-02-29 25-02-28 26-02-28 27-02-28 28-02-28 29-02-28
ical.js last 26-01-31 26-02-28 26-03-31 26-04-30 26-05-31 26-06-30
node-ical last 26-01-31 26-02-28 26-03-31 26-04-30 26-05-31 26-06-30
TXT
diff want got && echo "As seen before."
