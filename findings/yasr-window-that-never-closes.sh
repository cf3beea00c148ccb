#!/bin/sh
# What a program notices when yasr, a screen reader that runs it inside of itself,
# is gone: killed, or because the window was closed that yasr ran in.
#
# Guess: yasr holds the terminal that it made for the program; with yasr gone that
# terminal is gone, and the program is told by a hang-up (SIGHUP), as in tmux or
# script.
# Seen, yasr 0.6.9: nobody is told anything. The program was started with yasr's own
# end of that terminal still open (its descriptor 3), and so was whatever that program
# starts: the terminal lives on with nobody in front of it, nothing is hung up, and
# what reads from it waits for ever, with every lock that it holds.
# The same program in `script` has nothing open but its own three, and is told.
#
# Needs: Debian 12, apt-get (after an apt-get update), python3, script, /proc. Nothing
# gets installed. Exits 1 if this changes, 2 if another version is on offer.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
version=0.6.9-11
offered=$(apt-cache policy yasr | sed -n 's/^ *Candidate: //p')
echo "yasr $offered"
[ "$offered" = "$version" ] || { echo "another version: not tried"; exit 2; }
apt-get -qq download "yasr=$version" 2>/dev/null
dpkg-deb -x yasr_*.deb tree
cat >voice <<'TXT'
#!/bin/sh
exec cat >/dev/null
TXT
# It writes down what it has open, and whether it is told; it ends by itself in the end.
cat >inside <<'TXT'
#!/bin/sh
trap 'echo told >>"$1"; exit' HUP
me=$(tty | sed 's/.*\///')
for n in 3 4 5 6 7 8 9; do
    grep -qs "^tty-index:[[:space:]]*$me\$" "/proc/$$/fdinfo/$n" && echo $n
done >"$1"
echo ready >>"$1"
n=0
while [ $n -lt 40 ]; do sleep 0.1; n=$((n + 1)); done
echo "not told" >>"$1"
TXT
chmod +x voice inside
cat >try.py <<'PY'
import os, pty, signal, sys, time

def try_in(name, command):
    child, window = pty.fork()
    if child == 0:
        os.execvp(command[0], command)
    said = lambda: open(name).read().split("\n") if os.path.exists(name) else []
    for _ in range(100):
        if "ready" in said():
            break
        time.sleep(0.05)
    os.kill(child, signal.SIGKILL)
    os.close(window)
    for _ in range(120):
        if any("told" in line for line in said()):
            break
        time.sleep(0.05)
    opened, told = [], "?"
    for line in said():
        if line.isdigit():
            opened.append(line)
        elif "told" in line:
            told = line
    print("%s: its end of the terminal is open as %s; %s"
          % (name, " ".join(opened) or "nothing", told), flush=True)

try_in("script", ["script", "-q", "-c", "./inside script", "/dev/null"])
try_in("yasr", ["tree/usr/bin/yasr", "-C", "tree/usr/share/yasr/yasr.conf",
                "-s", "emacspeak server", "-p", "|" + os.getcwd() + "/voice",
                "./inside", "yasr"])
PY
python3 try.py >got
cat got
cat >want <<'TXT'
script: its end of the terminal is open as nothing; told
yasr: its end of the terminal is open as 3; not told
TXT
diff want got && echo "As seen before."
