#!/bin/sh
# Two old questions that a program may ask its terminal: where is the cursor
# (CSI 6 n, counted from 1) and how large is the text area (CSI 18 t, answered
# CSI 8 ; rows ; columns t). Asked inside tmux and inside dvtm, each in a
# terminal of 24 rows and 80 columns.
#
# Guess: a multiplexer that answers at all answers rightly, as programs have
# asked both for decades; what it does not know it leaves unanswered.
# Seen:
#   tmux 3.3a   cursor right; the size comes the wrong way round, 80 rows of 23
#   dvtm 0.15   the cursor one too low in both numbers: the top left corner is
#               0;0, a place that does not exist; the size goes unanswered
# So the size is asked of the kernel (TIOCGWINSZ, right in both), and a cursor
# report is only compared with another one from the same terminal.
#
# Needs: Debian 12, apt-get (after an apt-get update), python3. Nothing gets
# installed. Exits 1 if this changes, 2 if another version is on offer.
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
take dvtm 0.15+40.g311a8c0-1
for deb in *.deb; do dpkg-deb -x "$deb" tree; done

cat >ask.py <<'PY'
import os, select, sys, time, tty
tty.setraw(0)
def ask(question):
    os.write(1, question)
    answer, end = b"", time.monotonic() + 2
    while time.monotonic() < end and not answer.endswith((b"R", b"t")):
        if select.select([0], [], [], 0.1)[0]:
            answer += os.read(0, 100)
    return answer.decode().replace("\x1b", "ESC ") or "no answer"
size = os.get_terminal_size(0)
with open(sys.argv[2], "w") as out:
    for row, column in ((1, 1), (5, 7)):
        place = b"\x1b[%d;%dH" % (row, column)
        print(sys.argv[1], "cursor at", row, column, "->", ask(place + b"\x1b[6n"), file=out)
    print(sys.argv[1], "rows", size.lines, "columns", size.columns, "->",
          ask(b"\x1b[18t"), file=out)
PY
cat >within.py <<'PY'
import fcntl, os, pty, select, signal, struct, sys, termios, time
pid, terminal = pty.fork()
if pid == 0:
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    os.execv(sys.argv[1], sys.argv[1:])
end = time.monotonic() + 30
while time.monotonic() < end:
    if select.select([terminal], [], [], 0.2)[0]:
        try:
            if not os.read(terminal, 65536):
                break
        except OSError:
            break
else:
    os.kill(pid, signal.SIGHUP)
os.waitpid(pid, 0)
PY
python3=$(command -v python3)
unset TMUX STY
LD_LIBRARY_PATH=$(echo "$dir"/tree/usr/lib/*-linux-gnu*)
export LD_LIBRARY_PATH TERM=xterm LC_ALL=C.UTF-8 SHELL=/bin/sh
"$python3" within.py tree/usr/bin/tmux -S "$dir/socket" -f /dev/null \
    new-session "$python3 $dir/ask.py tmux $dir/tmux.txt"
"$python3" within.py tree/usr/bin/dvtm "$python3 $dir/ask.py dvtm $dir/dvtm.txt"
cat tmux.txt dvtm.txt >got
cat got
cat >want <<'TXT'
tmux cursor at 1 1 -> ESC [1;1R
tmux cursor at 5 7 -> ESC [5;7R
tmux rows 23 columns 80 -> ESC [8;80;23t
dvtm cursor at 1 1 -> ESC [0;0R
dvtm cursor at 5 7 -> ESC [4;6R
dvtm rows 24 columns 80 -> no answer
TXT
diff want got && echo "As seen before."
