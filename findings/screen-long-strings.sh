#!/bin/sh
# Strings that a terminal takes in and doesn't show: where a link leads (OSC 8),
# what is to be copied (OSC 52), the title (OSC 2). Sent to GNU screen, which has
# no links and copies nothing for others, to dvtm and to pyte.
#
# Guess: what is not wanted is passed over up to its end, be it short or long;
# so it is safe to send without asking first.
# Seen:
#   screen 4.9.0   keeps 768 bytes of it, the number in front counted, and writes
#                  whatever comes behind them on the screen, as text: of a link of
#                  1000 letters 235, of a copied text of 4000 letters 3237, more
#                  than a screen of 24 rows holds: what was there is scrolled away
#   dvtm 0.15, pyte 0.8.2   as guessed
# So links and titles are kept short, and a text is not copied by OSC 52 where
# TERM begins with screen and it is longer than some 570 bytes (760 in base 64).
#
# Needs: Debian 12, apt-get (after an apt-get update), python3 with venv.
# Nothing gets installed. Exits 1 if this changes, 2 if another version is on offer.
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
take screen 4.9.0-4
take libutempter0 1.2.1-3
take dvtm 0.15+40.g311a8c0-1
for deb in *.deb; do dpkg-deb -x "$deb" tree; done
python3 -m venv venv
venv/bin/pip -q --disable-pip-version-check install pyte==0.8.2 wcwidth==0.2.13

# How many letters "a" are seen in a terminal of 100 columns and 60 rows.
cat >within.py <<'PY'
import fcntl, os, pty, pyte, select, signal, struct, termios, time
strings = {
    "copied 763": "\x1b]52;c;%s\x1b\\" % ("a" * 763),
    "copied 764": "\x1b]52;c;%s\x1b\\" % ("a" * 764),
    "copied 4000": "\x1b]52;c;%s\x1b\\" % ("a" * 4000),
    "link 1000": "\x1b]8;;https://example.org/%s\x1b\\LINK\x1b]8;;\x1b\\" % ("a" * 980),
    "title 766": "\x1b]2;%s\x07" % ("a" * 766),
    "title 1000": "\x1b]2;%s\x07" % ("a" * 1000),
}
def within(command):
    screen = pyte.Screen(100, 60)
    stream = pyte.ByteStream(screen)
    pid, terminal = pty.fork()
    if pid == 0:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 60, 100, 0, 0))
        os.execv(command[0], command)
    end, quiet = time.monotonic() + 20, False
    while time.monotonic() < end and not quiet:
        if select.select([terminal], [], [], 0.5)[0]:
            stream.feed(os.read(terminal, 65536))
        else:
            quiet = "END" in "".join(screen.display)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    os.close(terminal)
    return screen
def told(program, name, screen):
    shown = "".join(screen.display)
    print(program, name, "->", shown.count("a"), "END" in shown)
for name, string in strings.items():
    screen = pyte.Screen(100, 60)
    pyte.Stream(screen).feed(string + "END")
    told("pyte", name, screen)
for program, before in (("dvtm", []), ("screen", ["-c", "/dev/null", "-U"])):
    for name, string in strings.items():
        with open("string", "w") as out:
            out.write(string + "END")
        with open("say.sh", "w") as out:
            out.write("#!/bin/sh\ncat '%s/string'\nsleep 5\n" % os.getcwd())
        os.chmod("say.sh", 0o700)
        told(program, name, within(["tree/usr/bin/" + program, *before, os.getcwd() + "/say.sh"]))
PY
unset TMUX STY
mkdir -m 700 sockets
LD_LIBRARY_PATH=$(echo "$dir"/tree/usr/lib/*-linux-gnu*)
SCREENDIR=$dir/sockets
export LD_LIBRARY_PATH SCREENDIR TERM=xterm LC_ALL=C.UTF-8 SHELL=/bin/sh
venv/bin/python within.py >got
cat got
cat >want <<'TXT'
pyte copied 763 -> 0 True
pyte copied 764 -> 0 True
pyte copied 4000 -> 0 True
pyte link 1000 -> 0 True
pyte title 766 -> 0 True
pyte title 1000 -> 0 True
dvtm copied 763 -> 0 True
dvtm copied 764 -> 0 True
dvtm copied 4000 -> 0 True
dvtm link 1000 -> 0 True
dvtm title 766 -> 0 True
dvtm title 1000 -> 0 True
screen copied 763 -> 0 True
screen copied 764 -> 1 True
screen copied 4000 -> 3237 True
screen link 1000 -> 235 True
screen title 766 -> 0 True
screen title 1000 -> 234 True
TXT
diff want got && echo "As seen before."
