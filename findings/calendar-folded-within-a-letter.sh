#!/bin/sh
# A long line of a calendar is folded after 75 bytes, and RFC 5545 (3.1) says that
# a fold may fall between the bytes of one letter, and that readers therefore
# unfold bytes before they read letters. A title with such a fold in its u umlaut.
#
# Guess: the libraries do what the RFC asks for by name, or refuse the file; a
# small program in C is the one that breaks it.
# Seen: the other way round. Each of the three libraries reads letters first:
# the name is damaged (two signs of "unreadable"), without an error.
#   icalendar 7.3.2, node-ical 0.26.1, ical 0.8.0   J??rgen
#   calcurse 4.7.1                                  Jürgen
# So whoever writes a calendar folds between letters, though it need not be.
#
# Needs: Debian 12, apt-get (after an apt-get update), python3 (3.10 or later)
# with venv, node, npm. Exits 1 if this changes, 2 if another calcurse is on offer.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
export TZ=UTC
python3 -m venv venv
venv/bin/pip -q --disable-pip-version-check install icalendar==7.3.2 \
    python-dateutil==2.9.0.post0 six==1.17.0
echo '{"private":true}' >package.json
npm install --silent --no-audit --no-fund --save-exact node-ical@0.26.1 ical@0.8.0 >/dev/null
offered=$(apt-cache policy calcurse | sed -n 's/^ *Candidate: //p')
[ "$offered" = 4.7.1-1 ] || { echo "calcurse $offered: not tried"; exit 2; }
apt-get -qq download calcurse=4.7.1-1 2>/dev/null
dpkg-deb -x calcurse_*.deb tree

{
    printf '%s\r\n' BEGIN:VCALENDAR VERSION:2.0 PRODID:-//findings//fold//EN \
        BEGIN:VEVENT UID:fold DTSTAMP:20260101T000000Z DTSTART:20260101T100000Z DURATION:PT1H
    printf 'SUMMARY:Tea with J\303\r\n \274rgen\r\n'
    printf '%s\r\n' END:VEVENT END:VCALENDAR
} >fold.ics
cat >read.py <<'PY'
import icalendar
from importlib.metadata import version
with open("fold.ics", "rb") as file:
    event = icalendar.Calendar.from_ical(file.read()).walk("VEVENT")[0]
print("icalendar", version("icalendar"), str(event["SUMMARY"]).replace("\ufffd", "?"))
PY
cat >read.mjs <<'JS'
import { readFileSync } from "node:fs";
import nodeIcal from "node-ical";
import ical from "ical";
const version = (name) =>
  JSON.parse(readFileSync(`node_modules/${name}/package.json`)).version;
const title = (all) => Object.values(all)
  .find((part) => part.type === "VEVENT").summary.replaceAll("\ufffd", "?");
console.log("node-ical", version("node-ical"), title(nodeIcal.sync.parseFile("fold.ics")));
console.log("ical", version("ical"), title(ical.parseFile("fold.ics")));
JS
{
    PYTHONIOENCODING=utf-8 venv/bin/python read.py
    node read.mjs
    mkdir kept
    LC_ALL=C.UTF-8 tree/usr/bin/calcurse -D "$dir/kept" -i fold.ics >/dev/null 2>&1 </dev/null
    sed 's/.*|/calcurse 4.7.1 /' kept/apts
} >got
cat got
cat >want <<'TXT'
icalendar 7.3.2 Tea with J??rgen
node-ical 0.26.1 Tea with J??rgen
ical 0.8.0 Tea with J??rgen
calcurse 4.7.1 Tea with Jürgen
TXT
diff want got && echo "As seen before."
