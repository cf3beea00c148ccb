#!/bin/sh
# One valid calendar event of one hour, read by three libraries on the nights
# when the clocks change in Berlin (29 March and 25 October 2026).
#
# Guess: they may differ on WHEN a clock time that is missing or comes twice
# begins, but DURATION:PT1H is sixty minutes in all of them.
# Seen: the same hour lasts 0, 60 or 120 minutes, and none of the three agrees
# with RFC 5545 (3.3.5 and 3.3.6) on all three starts:
#                       02:30, missing     02:30, twice       01:30, before the gap
#   the RFC             01:30Z  60 min     00:30Z  60 min     00:30Z  60 min
#   icalendar 7.3.2     01:30Z   0 min     00:30Z 120 min     00:30Z  60 min
#   ical.js 2.2.1       00:30Z  60 min     01:30Z  60 min     00:30Z   0 min
#   node-ical 0.26.1    01:30Z  60 min     01:30Z  60 min     00:30Z  60 min
# So who needs the length of an event takes DURATION, not end minus start.
#
# Needs: python3 (3.10 or later) with venv, node, npm. Exits 1 if this changes.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
export TZ=UTC
python3 -m venv venv
venv/bin/pip -q --disable-pip-version-check install \
    icalendar==7.3.2 python-dateutil==4.0.0 tzdata==2026.6
echo '{"private":true}' >package.json
npm install --silent --no-audit --no-fund --save-exact ical.js@2.2.1 node-ical@0.26.1 >/dev/null

event() {
    printf '%s\r\n' BEGIN:VCALENDAR VERSION:2.0 PRODID:-//findings//hour//EN \
        BEGIN:VTIMEZONE TZID:Europe/Berlin \
        BEGIN:STANDARD DTSTART:19961027T030000 \
        'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU' \
        TZOFFSETFROM:+0200 TZOFFSETTO:+0100 END:STANDARD \
        BEGIN:DAYLIGHT DTSTART:19810329T020000 \
        'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU' \
        TZOFFSETFROM:+0100 TZOFFSETTO:+0200 END:DAYLIGHT END:VTIMEZONE \
        BEGIN:VEVENT UID:hour DTSTAMP:20260101T000000Z \
        "DTSTART;TZID=Europe/Berlin:$1" DURATION:PT1H SUMMARY:Tea \
        END:VEVENT END:VCALENDAR
}
event 20260329T023000 >missing.ics
event 20261025T023000 >twice.ics
event 20260329T013000 >before.ics

cat >read.py <<'PY'
import datetime, importlib.metadata, icalendar
utc = datetime.timezone.utc
for name in ("missing", "twice", "before"):
    with open(name + ".ics", "rb") as file:
        event = icalendar.Calendar.from_ical(file.read()).walk("VEVENT")[0]
    start, end = event.start.astimezone(utc), event.end.astimezone(utc)
    print("icalendar", importlib.metadata.version("icalendar"), name,
          start.strftime("%H:%MZ"), int((end - start).total_seconds() / 60), "min")
PY
cat >read.mjs <<'JS'
import { readFileSync } from "node:fs";
import ICAL from "ical.js";
import ical from "node-ical";
const version = (name) =>
  JSON.parse(readFileSync(`node_modules/${name}/package.json`)).version;
const say = (lib, name, start, end) =>
  console.log(lib, version(lib), name, start.toISOString().slice(11, 16) + "Z",
    (end - start) / 60000, "min");
const names = ["missing", "twice", "before"];
for (const name of names) {
  const root = new ICAL.Component(ICAL.parse(readFileSync(`${name}.ics`, "utf8")));
  ICAL.TimezoneService.register(
    new ICAL.Timezone(root.getFirstSubcomponent("vtimezone")));
  const event = new ICAL.Event(root.getFirstSubcomponent("vevent"));
  say("ical.js", name, event.startDate.toJSDate(), event.endDate.toJSDate());
}
for (const name of names) {
  const all = Object.values(ical.sync.parseICS(readFileSync(`${name}.ics`, "utf8")));
  const event = all.find((part) => part.type === "VEVENT");
  say("node-ical", name, event.start, event.end);
}
JS
{ venv/bin/python read.py; node read.mjs; } >got
cat got
cat >want <<'TXT'
icalendar 7.3.2 missing 01:30Z 0 min
icalendar 7.3.2 twice 00:30Z 120 min
icalendar 7.3.2 before 00:30Z 60 min
ical.js 2.2.1 missing 00:30Z 60 min
ical.js 2.2.1 twice 01:30Z 60 min
ical.js 2.2.1 before 00:30Z 0 min
node-ical 0.26.1 missing 01:30Z 60 min
node-ical 0.26.1 twice 01:30Z 60 min
node-ical 0.26.1 before 00:30Z 60 min
TXT
diff want got && echo "As seen before."
