#!/bin/sh
# Two common alarms of a calendar event, read by a library and written back by
# the same one: five minutes before the end (TRIGGER;RELATED=END:-PT5M), and at
# the very moment of the start (TRIGGER:PT0S).
#
# Guess: what a library reads without a complaint it writes back with the same
# meaning; parameters that it does not know it keeps or refuses.
# Seen, ics 0.7.3 (Python):
#   RELATED=END is dropped: for an event from 10:00 to 11:00 the alarm moves from
#       10:55 to 09:55, and nothing is said
#   PT0S becomes "TRIGGER:P", which is no duration (RFC 5545 3.3.6). Of the
#       readers asked, vobject 0.9.9 then refuses the whole calendar and ical.js
#       2.2.1 the alarm; icalendar 7.3.2 and ics itself take it for no time at all
# So an end that matters is an event of its own, or an alarm counted from the
# start; and one second (PT1S, or -PT1S) survives where PT0S does not.
#
# Needs: python3 (3.10 or later) with venv, node, npm. Exits 1 if this changes.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
export TZ=UTC
python3 -m venv venv
venv/bin/pip -q --disable-pip-version-check install \
    ics==0.7.3 vobject==0.9.9 icalendar==7.3.2 tzdata==2026.6
echo '{"private":true}' >package.json
npm install --silent --no-audit --no-fund --save-exact ical.js@2.2.1 >/dev/null

cat >read.py <<'PY'
import datetime, sys, warnings, icalendar, ics, vobject
warnings.simplefilter("ignore")
utc = datetime.timezone.utc
def event(trigger):
    return "\r\n".join((
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//findings//alarm//EN", "BEGIN:VEVENT",
        "UID:alarm", "DTSTAMP:20260101T000000Z", "DTSTART:20260101T100000Z", "DURATION:PT1H",
        "SUMMARY:Tea", "BEGIN:VALARM", "ACTION:DISPLAY", "DESCRIPTION:Tea", trigger,
        "END:VALARM", "END:VEVENT", "END:VCALENDAR", ""))
def moments(text):
    found = icalendar.Calendar.from_ical(text).walk("VEVENT")[0].alarms.times
    return " ".join(alarm.trigger.astimezone(utc).strftime("%H:%M:%S") for alarm in found)
def others(text):
    try:
        found = vobject.readOne(text).vevent.valarm.trigger.value
        return f"{found.total_seconds():g} s"
    except vobject.base.ParseError:
        return "calendar refused"
for trigger in ("TRIGGER;RELATED=END:-PT5M", "TRIGGER:PT0S", "TRIGGER:PT1S", "TRIGGER:-PT1S"):
    before = event(trigger)
    after = ics.Calendar(before).serialize()
    line, = [line for line in after.splitlines() if line.startswith("TRIGGER")]
    print(trigger, "written back as", line)
    print("   icalendar", moments(before), "then", moments(after))
    print("   vobject", others(before), "then", others(after))
    again = list(ics.Calendar(after).events)[0].alarms[0].trigger
    print(f"   ics {again.total_seconds():g} s")
    with open(trigger[-4:] + ".ics", "w", newline="") as file:
        file.write(after)
PY
cat >read.mjs <<'JS'
import { readFileSync } from "node:fs";
import ICAL from "ical.js";
for (const name of process.argv.slice(2)) {
  const root = new ICAL.Component(ICAL.parse(readFileSync(name, "utf8")));
  const alarm = root.getFirstSubcomponent("vevent").getFirstSubcomponent("valarm");
  let found;
  try { found = String(alarm.getFirstPropertyValue("trigger")); } catch { found = "refused"; }
  console.log("ical.js", name, found);
}
JS
{ venv/bin/python read.py; node read.mjs PT5M.ics PT0S.ics PT1S.ics; } >got
cat got
cat >want <<'TXT'
TRIGGER;RELATED=END:-PT5M written back as TRIGGER:-PT5M
   icalendar 10:55:00 then 09:55:00
   vobject -300 s then -300 s
   ics -300 s
TRIGGER:PT0S written back as TRIGGER:P
   icalendar 10:00:00 then 10:00:00
   vobject 0 s then calendar refused
   ics 0 s
TRIGGER:PT1S written back as TRIGGER:PT1S
   icalendar 10:00:01 then 10:00:01
   vobject 1 s then 1 s
   ics 1 s
TRIGGER:-PT1S written back as TRIGGER:-PT1S
   icalendar 09:59:59 then 09:59:59
   vobject -1 s then -1 s
   ics -1 s
ical.js PT5M.ics -PT5M
ical.js PT0S.ics refused
ical.js PT1S.ics -PT1S
TXT
diff want got && echo "As seen before."
