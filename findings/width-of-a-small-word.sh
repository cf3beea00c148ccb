#!/bin/sh
# How many cells a terminal gives to "no" in Arabic, two letters that are drawn
# joined (lam and alef), and to a greeting that has them within it; and how many
# are counted by libraries that programs lay out their screens with.
#
# Guess: Arabic letters take one cell each, in every terminal and every library;
# letters joined are the business of the font.
# Seen: unicode-width, with which most terminal programs in Rust measure, counts
# the two as ONE. All else gives them two:
#                                        no   salaam   as-salaam
#   unicode-width 0.2.3                   1      3         5
#   wcwidth 0.9.4, string-width 8.3.0     2      4         6
#   tmux 3.3a, screen 4.9.0, pyte 0.8.2   2      4         6
#   unicode-width, letter by letter       2      4         6
# So a frame beside such a word stands one cell too far right for each pair. Who
# draws for terminals adds up the letters (or graphemes that are no such pair).
#
# Needs: Debian 12, apt-get (after an apt-get update), cargo, python3 with venv,
# node, npm. Nothing gets installed. Exits 1 if this changes, 2 if another version
# is on offer.
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
for deb in *.deb; do dpkg-deb -x "$deb" tree; done
python3 -m venv venv
venv/bin/pip -q --disable-pip-version-check install pyte==0.8.2 wcwidth==0.9.4
echo '{"private":true}' >package.json
npm install --silent --no-audit --no-fund --save-exact string-width@8.3.0 >/dev/null
mkdir src
cat >Cargo.toml <<'TOML'
[package]
name = "width"
version = "0.1.0"
edition = "2021"
[dependencies]
unicode-width = "=0.2.3"
[workspace]
TOML
cat >src/main.rs <<'RS'
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};
fn main() {
    for word in std::env::args().skip(1) {
        println!("unicode-width {word} {}", word.width());
        let letters: usize = word.chars().filter_map(|letter| letter.width()).sum();
        println!("unicode-width letters {word} {letters}");
    }
}
RS
cat >width.mjs <<'JS'
import stringWidth from "string-width";
for (const word of process.argv.slice(2)) console.log("string-width", word, stringWidth(word));
JS
cat >width.py <<'PY'
import sys, pyte, wcwidth
for word in sys.argv[1:]:
    print("wcwidth", word, wcwidth.wcswidth(word))
    screen = pyte.Screen(40, 5)
    pyte.Stream(screen).feed(word)
    print("pyte", word, screen.cursor.x)
PY
# Within a terminal: where the cursor stands after each word, asked with CSI 6 n.
cat >ask.py <<'PY'
import os, re, select, sys, time, tty
tty.setraw(0)
with open(sys.argv[2], "w") as out:
    for word in sys.argv[3:]:
        os.write(1, b"\r\x1b[2K" + word.encode() + b"\x1b[6n")
        answer, end = b"", time.monotonic() + 5
        while time.monotonic() < end and not answer.endswith(b"R"):
            if select.select([0], [], [], 0.1)[0]:
                answer += os.read(0, 100)
        print(sys.argv[1], word, int(re.search(rb";(\d+)R", answer)[1]) - 1, file=out)
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
except OSError:
    pass
os.close(terminal)
PY
set -- لا سلام السلام
unset TMUX STY
mkdir -m 700 sockets
printf '#!/bin/sh\nexec python3 %s/ask.py "$@"\n' "$dir" >ask.sh
chmod 700 ask.sh
export TERM=xterm LC_ALL=C.UTF-8 SHELL=/bin/sh SCREENDIR="$dir/sockets" PYTHONIOENCODING=utf-8
libraries=$(echo "$dir"/tree/usr/lib/*-linux-gnu*)
LD_LIBRARY_PATH=$libraries python3 within.py tree/usr/bin/tmux -f /dev/null -S "$dir/sockets/tmux" \
    new "$dir/ask.sh tmux $dir/got.tmux $*"
LD_LIBRARY_PATH=$libraries python3 within.py tree/usr/bin/screen -c /dev/null -U \
    "$dir/ask.sh" screen "$dir/got.screen" "$@"
{ cargo run -q -- "$@"; node width.mjs "$@"; venv/bin/python width.py "$@"
  cat got.tmux got.screen; } >got
cat got
cat >want <<'TXT'
unicode-width لا 1
unicode-width letters لا 2
unicode-width سلام 3
unicode-width letters سلام 4
unicode-width السلام 5
unicode-width letters السلام 6
string-width لا 2
string-width سلام 4
string-width السلام 6
wcwidth لا 2
pyte لا 2
wcwidth سلام 4
pyte سلام 4
wcwidth السلام 6
pyte السلام 6
tmux لا 2
tmux سلام 4
tmux السلام 6
screen لا 2
screen سلام 4
screen السلام 6
TXT
diff want got && echo "As seen before."
