#!/bin/sh
# DTSTART:20161231T235960Z is a valid RFC 5545 time (3.3.12 lets a second be 60)
# and was a real moment: the leap second at the end of 2016.
#
# Guess: vobject, which builds on Python's datetime, refuses second 60 with an
# error, or reads the second before or after it.
# Seen: vobject 0.9.9 reads a DATE, without an error: the appointment of one
# moment turns into a whole day. The second before it is a date and time.
#   20161231T235959Z  datetime 2016-12-31 23:59:59+00:00
#   20161231T235960Z  date 2016-12-31
# So who takes a start from it asks which type came back, not only for errors.
#
# Needs: python3 with venv. Exits 1 if this changes.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip -q --disable-pip-version-check install \
    vobject==0.9.9 python-dateutil==4.0.0 pytz==2026.6 six==1.17.0
cat >read.py <<'PY'
import importlib.metadata, vobject
print("vobject", importlib.metadata.version("vobject"))
for start in ("20161231T235959Z", "20161231T235960Z"):
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//findings//leap//EN",
             "BEGIN:VEVENT", "UID:leap", "DTSTAMP:20160101T000000Z",
             "DTSTART:" + start, "SUMMARY:Leap", "END:VEVENT", "END:VCALENDAR", ""]
    value = vobject.readOne("\r\n".join(lines)).vevent.dtstart.value
    print(start, type(value).__name__, value)
PY
venv/bin/python read.py >got
cat got
cat >want <<'TXT'
vobject 0.9.9
20161231T235959Z datetime 2016-12-31 23:59:59+00:00
20161231T235960Z date 2016-12-31
TXT
diff want got && echo "As seen before."
