#!/bin/sh
# Marks that nobody is meant to see, and the cells they take: a soft hyphen, a
# zero width space, a mark for the direction, a word joiner, and the two that
# translated sentences put around a name so that its direction stays its own
# (U+2068, U+2069; Fluent adds them to every name by itself).
#
# Guess: none takes a cell, in a terminal or in a library; a soft hyphen may take
# one where it breaks a line.
# Seen, cells taken:
#                              soft hyphen   around a name   ALM   the others
#   tmux 3.3a                  1             0               0     0
#   screen 4.9.0               1             2               1     0
#   dvtm 0.15                  1             2               1     1 each
#   wcwidth 0.9.4 (Python)     1             0               0     0
#   string-width 8.3.0 (npm)   0             0               0     0
# ALM is the Arabic letter mark, U+061C. No two agree but tmux and wcwidth.
# So text that is laid out in cells has these taken out first: soft hyphens
# always, and the marks around names unless the terminal is known.
#
# Needs: Debian 12, apt-get (after an apt-get update), python3 with venv, node,
# npm. Nothing gets installed. Exits 1 if this changes, 2 if another version is on
# offer.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
take() {
    offered=$(apt-cache policy "$1" | sed -n 's/^ *Candidate: //p')
    echo "$1 $offered"
    [ "$offered" = "$2" ] || { echo "another version: not tried"; exit 2; }
    apt-get -qq download "$1=$2" 2>/dev/null
}
take tmux 3.3a-3
take libevent-core-2.1-7 2.1.12-stable-8+deb12u1
take libutempter0 1.2.1-3
take screen 4.9.0-4
take dvtm 0.15+40.g311a8c0-1
for deb in *.deb; do dpkg-deb -x "$deb" tree; done
python3 -m venv venv
venv/bin/pip -q --disable-pip-version-check install wcwidth==0.9.4 fluent.runtime==0.4.0
echo '{"private":true}' >package.json
npm install --silent --no-audit --no-fund --save-exact string-width@8.3.0 >/dev/null

cat >texts.json <<'JSON'
{"plain": "name", "soft hyphen": "na\u00adme", "zero width space": "na\u200bme",
 "left to right": "\u200ename", "word joiner": "na\u2060me",
 "Arabic letter mark": "\u061cname", "around a name": "\u2068name\u2069"}
JSON
cat >width.mjs <<'JS'
import { readFileSync } from "node:fs";
import stringWidth from "string-width";
for (const [name, text] of Object.entries(JSON.parse(readFileSync("texts.json"))))
  console.log("string-width:", name, stringWidth(text) - 4);
JS
cat >width.py <<'PY'
import json, wcwidth
from fluent.runtime import FluentBundle, FluentResource
bundle = FluentBundle(["en"])
bundle.add_resource(FluentResource("who = I am { $name }."))
print("Fluent:", ascii(bundle.format_pattern(bundle.get_message("who").value, {"name": "name"})[0]))
for name, text in json.load(open("texts.json")).items():
    print("wcwidth:", name, wcwidth.wcswidth(text) - 4)
PY
# Within a terminal: how far the cursor went from where the text began, asked
# with CSI 6 n, less the four of the plain word.
cat >ask.py <<'PY'
import json, os, re, select, sys, time, tty
tty.setraw(0)
def column():
    os.write(1, b"\x1b[6n")
    answer, end = b"", time.monotonic() + 5
    while time.monotonic() < end and not answer.endswith(b"R"):
        if select.select([0], [], [], 0.1)[0]:
            answer += os.read(0, 100)
    return int(re.search(rb";(\d+)R", answer)[1])
with open(sys.argv[2], "w") as out:
    for name, text in json.load(open(os.path.dirname(sys.argv[2]) + "/texts.json")).items():
        os.write(1, b"\r\x1b[2K")
        begin = column()
        os.write(1, text.encode())
        print(sys.argv[1] + ":", name, column() - begin - 4, file=out)
PY
cat >within.py <<'PY'
import fcntl, os, pty, select, struct, sys, termios, time
pid, terminal = pty.fork()
if pid == 0:
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    os.execv(sys.argv[1], sys.argv[1:])
end = time.monotonic() + 30
try:
    while time.monotonic() < end:
        if select.select([terminal], [], [], 0.2)[0] and not os.read(terminal, 65536):
            break
        if os.path.exists("done"):
            break
except OSError:
    pass
os.close(terminal)
PY
unset TMUX STY
mkdir -m 700 sockets
for name in tmux screen dvtm; do
    printf '#!/bin/sh\npython3 %s/ask.py %s %s/got.%s\n>%s/done\nexec sleep 1\n' \
        "$dir" $name "$dir" $name "$dir" >ask-$name.sh
    chmod 700 ask-$name.sh
done
export TERM=xterm LC_ALL=C.UTF-8 SHELL=/bin/sh SCREENDIR="$dir/sockets" PYTHONIOENCODING=utf-8
libraries=$(echo "$dir"/tree/usr/lib/*-linux-gnu*)
LD_LIBRARY_PATH=$libraries python3 within.py "$dir/tree/usr/bin/tmux" -f /dev/null \
    -S "$dir/sockets/tmux" new "$dir/ask-tmux.sh"
rm -f done
LD_LIBRARY_PATH=$libraries python3 within.py "$dir/tree/usr/bin/screen" -c /dev/null -U "$dir/ask-screen.sh"
rm -f done
LD_LIBRARY_PATH=$libraries python3 within.py "$dir/tree/usr/bin/dvtm" "$dir/ask-dvtm.sh"
{ cat got.tmux got.screen got.dvtm; venv/bin/python width.py; node width.mjs; } >got
cat got
cat >want <<'TXT'
tmux: plain 0
tmux: soft hyphen 1
tmux: zero width space 0
tmux: left to right 0
tmux: word joiner 0
tmux: Arabic letter mark 0
tmux: around a name 0
screen: plain 0
screen: soft hyphen 1
screen: zero width space 0
screen: left to right 0
screen: word joiner 0
screen: Arabic letter mark 1
screen: around a name 2
dvtm: plain 0
dvtm: soft hyphen 1
dvtm: zero width space 1
dvtm: left to right 1
dvtm: word joiner 1
dvtm: Arabic letter mark 1
dvtm: around a name 2
Fluent: 'I am \u2068name\u2069.'
wcwidth: plain 0
wcwidth: soft hyphen 1
wcwidth: zero width space 0
wcwidth: left to right 0
wcwidth: word joiner 0
wcwidth: Arabic letter mark 0
wcwidth: around a name 0
string-width: plain 0
string-width: soft hyphen 0
string-width: zero width space 0
string-width: left to right 0
string-width: word joiner 0
string-width: Arabic letter mark 0
string-width: around a name 0
TXT
diff want got && echo "As seen before."
