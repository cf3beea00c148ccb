#!/bin/sh
# A valid text of a calendar (RFC 5545, 3.3.11): a backslash is written \\, a
# line break \n. So  a\\nb  is four letters: a, backslash, n, b.
#
# Guess: all read it so, since the escapes are four and read from left to right;
# at most the rare capital \N is missed.
# Seen: the capital is never missed, and half of them break the line:
#   icalendar 7.3.2, vobject 0.9.9, ical.js 2.2.1   a \ n b
#   ics 0.7.3, node-ical 0.26.1, ical 0.8.0         a \ line-break b
#   calcurse 4.7.1 takes it as written, and does not import an appointment at
#   all whose title has a real \n: "line break in summary", in a log.
# So a title in an .ics has neither a backslash nor a line break.
#
# Needs: Debian 12, apt-get (after an apt-get update), python3 (3.10 or later)
# with venv, node, npm. Exits 1 if this changes, 2 if another calcurse is on offer.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
export TZ=UTC HOME="$dir"
python3 -m venv venv
venv/bin/pip -q --disable-pip-version-check install icalendar==7.3.2 vobject==0.9.9 \
    python-dateutil==2.9.0.post0 pytz==2026.6 six==1.17.0 ics==0.7.3 arrow==1.3.0 \
    attrs==25.4.0 TatSu==5.13.1
echo '{"private":true}' >package.json
npm install --silent --no-audit --no-fund --save-exact \
    ical.js@2.2.1 node-ical@0.26.1 ical@0.8.0 >/dev/null
offered=$(apt-cache policy calcurse | sed -n 's/^ *Candidate: //p')
[ "$offered" = 4.7.1-1 ] || { echo "calcurse $offered: not tried"; exit 2; }
apt-get -qq download calcurse=4.7.1-1 2>/dev/null
dpkg-deb -x calcurse_*.deb tree

event() {
    printf '%s\r\n' BEGIN:VCALENDAR VERSION:2.0 PRODID:-//findings//text//EN \
        BEGIN:VEVENT UID:text DTSTAMP:20260101T000000Z DTSTART:20260101T100000Z \
        DURATION:PT1H "SUMMARY:$1" END:VEVENT END:VCALENDAR
}
event 'a\\nb' >backslash.ics
event 'a\nb' >small.ics
event 'a\Nb' >capital.ics

cat >read.py <<'PY'
import ics, icalendar, vobject
from importlib.metadata import version
readers = {
    "icalendar": lambda text: str(icalendar.Calendar.from_ical(text).walk("VEVENT")[0]["SUMMARY"]),
    "vobject": lambda text: vobject.readOne(text).vevent.summary.value,
    "ics": lambda text: next(iter(ics.Calendar(text).events)).name,
}
for name, read in readers.items():
    for case in ("backslash", "small", "capital"):
        with open(case + ".ics", newline="") as file:
            print(name, version(name), case, " ".join(read(file.read())).replace("\n", "line-break"))
PY
cat >read.mjs <<'JS'
import { readFileSync } from "node:fs";
import ICAL from "ical.js";
import nodeIcal from "node-ical";
import ical from "ical";
const version = (name) =>
  JSON.parse(readFileSync(`node_modules/${name}/package.json`)).version;
const event = (all) => Object.values(all).find((part) => part.type === "VEVENT").summary;
const readers = {
  "ical.js": (text) => new ICAL.Event(
    new ICAL.Component(ICAL.parse(text)).getFirstSubcomponent("vevent")).summary,
  "node-ical": (text) => event(nodeIcal.sync.parseICS(text)),
  ical: (text) => event(ical.parseICS(text)),
};
for (const [name, read] of Object.entries(readers))
  for (const which of ["backslash", "small", "capital"])
    console.log(name, version(name), which,
      [...read(readFileSync(which + ".ics", "utf8"))].join(" ").replace("\n", "line-break"));
JS
{
    venv/bin/python read.py
    node read.mjs
    for case in backslash small; do
        mkdir "$case"
        tree/usr/bin/calcurse -D "$dir/$case" -i "$case.ics" >told 2>&1 </dev/null || true
        sed -n "s/^\([0-9]* app\).* \([0-9]* skipped\)$/calcurse $case \1, \2/p" told
        sed 's/.*|/calcurse title /' "$case/apts"
    done
} >got
cat got
cat >want <<'TXT'
icalendar 7.3.2 backslash a \ n b
icalendar 7.3.2 small a line-break b
icalendar 7.3.2 capital a line-break b
vobject 0.9.9 backslash a \ n b
vobject 0.9.9 small a line-break b
vobject 0.9.9 capital a line-break b
ics 0.7.3 backslash a \ line-break b
ics 0.7.3 small a line-break b
ics 0.7.3 capital a line-break b
ical.js 2.2.1 backslash a \ n b
ical.js 2.2.1 small a line-break b
ical.js 2.2.1 capital a line-break b
node-ical 0.26.1 backslash a \ line-break b
node-ical 0.26.1 small a line-break b
node-ical 0.26.1 capital a line-break b
ical 0.8.0 backslash a \ line-break b
ical 0.8.0 small a line-break b
ical 0.8.0 capital a line-break b
calcurse backslash 1 app, 0 skipped
calcurse title a\nb
calcurse small 0 app, 1 skipped
TXT
diff want got && echo "As seen before."
