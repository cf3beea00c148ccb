#!/bin/sh
# How long something lasts, in the short forms that people write by hand, given
# to readers that take such forms.
#
# Guess: "1h30" is ninety minutes or is refused, and what a reader cannot make
# sense of it refuses; a form that two readers take is as long in both.
# Seen: what is not refused is taken without a warning, and no two agree on all four.
#                         1h30      1h05      1:30      1,5h
#   parse-duration 2.1.9  1:30:00   1:05:00   1.03 ms   15 hours
#   timestring 7.0.0      1:00:00   1:00:00   refused   15 hours
#   tempora 5.13.0        1:00:30   1:00:05   1:30:00   5 h and 1 s
#   systemd 252           1:00:30   1:00:05   refused   refused
#   pytimeparse 1.1.10    refused   refused   0:01:30   refused
# So a program that takes a length repeats it in words before it counts on it,
# and one that writes it for others writes 90min or 1h30min: in these all agree.
#
# Needs: Debian 12, apt-get (after an apt-get update), python3 with venv, node,
# npm. Nothing gets installed. Exits 1 if this changes, 2 if another version is
# on offer.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
for package in systemd libsystemd-shared; do
    offered=$(apt-cache policy "$package" | sed -n 's/^ *Candidate: //p')
    echo "$package $offered"
    case $offered in 252.*) ;; *) echo "another version: not tried"; exit 2 ;; esac
    apt-get -qq download "$package=$offered" 2>/dev/null
done
for deb in *.deb; do dpkg-deb -x "$deb" tree; done
python3 -m venv venv
venv/bin/pip -q --disable-pip-version-check install tempora==5.13.0 pytimeparse==1.1.10
echo '{"private":true}' >package.json
npm install --silent --no-audit --no-fund --save-exact parse-duration@2.1.9 timestring@7.0.0 >/dev/null

cat >read.mjs <<'JS'
import parse from "parse-duration";
import timestring from "timestring";
const readers = {
  "parse-duration": (text) => parse(text) / 1000,
  "timestring": (text) => timestring(text),
};
for (const [name, read] of Object.entries(readers))
  for (const text of process.argv.slice(2)) {
    let seconds;
    try { seconds = read(text); } catch { seconds = "refused"; }
    console.log(`${name} ${text} -> ${seconds}`);
  }
JS
cat >read.py <<'PY'
import glob, os, re, subprocess, sys, pytimeparse, tempora
def systemd(text):
    shared = glob.glob("tree/usr/lib/*/systemd/libsystemd-shared-*.so") \
        + glob.glob("tree/usr/lib/systemd/libsystemd-shared-*.so")
    out = subprocess.run(["tree/usr/bin/systemd-analyze", "timespan", "--", text],
                         capture_output=True, text=True,
                         env={"LD_LIBRARY_PATH": os.path.dirname(shared[0]), "LC_ALL": "C.UTF-8"})
    found = re.search(r"s: (\d+)", out.stdout)
    if out.returncode == 0:
        return int(found[1]) / 1e6
    if "Failed to parse" not in out.stderr:
        raise SystemExit(out.stderr)
readers = {"tempora": lambda text: tempora.parse_timedelta(text).total_seconds(),
           "systemd": systemd, "pytimeparse": pytimeparse.parse}
for name, read in readers.items():
    for text in sys.argv[1:]:
        try:
            seconds = read(text)
        except ValueError:
            seconds = None
        print(name, text, "->", "refused" if seconds is None else f"{seconds:g}")
PY
{ node read.mjs 1h30 1h05 1:30 1,5h 90min 1h30min
  venv/bin/python read.py 1h30 1h05 1:30 1,5h 90min 1h30min; } >got
cat got
cat >want <<'TXT'
parse-duration 1h30 -> 5400
parse-duration 1h05 -> 3900
parse-duration 1:30 -> 0.00103
parse-duration 1,5h -> 54000
parse-duration 90min -> 5400
parse-duration 1h30min -> 5400
timestring 1h30 -> 3600
timestring 1h05 -> 3600
timestring 1:30 -> refused
timestring 1,5h -> 54000
timestring 90min -> 5400
timestring 1h30min -> 5400
tempora 1h30 -> 3630
tempora 1h05 -> 3605
tempora 1:30 -> 5400
tempora 1,5h -> 18001
tempora 90min -> 5400
tempora 1h30min -> 5400
systemd 1h30 -> 3630
systemd 1h05 -> 3605
systemd 1:30 -> refused
systemd 1,5h -> refused
systemd 90min -> 5400
systemd 1h30min -> 5400
pytimeparse 1h30 -> refused
pytimeparse 1h05 -> refused
pytimeparse 1:30 -> 90
pytimeparse 1,5h -> refused
pytimeparse 90min -> 5400
pytimeparse 1h30min -> 5400
TXT
diff want got && echo "As seen before."
