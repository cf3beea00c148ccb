#!/bin/sh
# A program that wants to tell a held key from a pressed one turns kitty's
# keyboard protocol on and off: CSI > 1 u and CSI < u; others ask xterm for
# modified keys: CSI > 4 ; 2 m. Sent to GNU screen, to dvtm and to pyte (which
# many tests of terminal programs look through), none of which knows them.
#
# Guess: what begins with a private sign (>, <, =) is passed over whole where it
# is unknown, so that it is safe to send without asking first.
# Seen:
#   screen 4.9.0   as guessed
#   dvtm 0.15      reads all three of u as "cursor back to where it was saved":
#                  after turning flags on or off the next words overwrite others
#   pyte 0.8.2     writes the letter u for CSI < u, and 1u for CSI = 1 u
#   dvtm and pyte  read CSI > 4 ; 2 m as underlined, from there on
# So the flags are only turned on where CSI ? u was answered.
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

# What a terminal of 40 columns shows after "old", a new line, "ab", the
# sequence and "cd"; and whether c is underlined.
cat >within.py <<'PY'
import fcntl, os, pty, pyte, select, signal, struct, subprocess, sys, termios, time
asked = {"CSI > 1 u": "\x1b[>1u", "CSI < u": "\x1b[<u", "CSI = 1 u": "\x1b[=1u",
         "CSI > 4 ; 2 m": "\x1b[>4;2m"}
words = "old\r\nab%scd"
def told(name, sequence, screen):
    rows = [row.rstrip() for row in screen.display if row.strip()]
    for y in range(screen.lines):
        for x in range(screen.columns):
            if screen.buffer[y][x].data == "c":
                line = "underlined" if screen.buffer[y][x].underscore else "plain"
    print(name, sequence, "->", " / ".join(rows), line)
def within(command):
    screen = pyte.Screen(40, 6)
    stream = pyte.ByteStream(screen)
    pid, terminal = pty.fork()
    if pid == 0:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 6, 40, 0, 0))
        os.execv(command[0], command)
    end, quiet = time.monotonic() + 20, False
    while time.monotonic() < end and not quiet:
        if select.select([terminal], [], [], 0.5)[0]:
            stream.feed(os.read(terminal, 65536))
        else:
            quiet = "cd" in "".join(screen.display)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    os.close(terminal)
    return screen
for name, sequence in asked.items():
    screen = pyte.Screen(40, 6)
    pyte.Stream(screen).feed(words % sequence)
    told("pyte", name, screen)
for program, before in (("dvtm", []), ("screen", ["-c", "/dev/null"])):
    for name, sequence in asked.items():
        with open("say.sh", "w") as out:
            out.write("#!/bin/sh\nprintf '%s'\nsleep 5\n"
                      % (words % sequence).replace("\r\n", "\\r\\n").replace("\x1b", "\\033"))
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
pyte CSI > 1 u -> old / abcd plain
pyte CSI < u -> old / abucd plain
pyte CSI = 1 u -> old / ab1ucd plain
pyte CSI > 4 ; 2 m -> old / abcd underlined
dvtm CSI > 1 u -> cdd / ab plain
dvtm CSI < u -> cdd / ab plain
dvtm CSI = 1 u -> cdd / ab plain
dvtm CSI > 4 ; 2 m -> old / abcd underlined
screen CSI > 1 u -> old / abcd plain
screen CSI < u -> old / abcd plain
screen CSI = 1 u -> old / abcd plain
screen CSI > 4 ; 2 m -> old / abcd plain
TXT
diff want got && echo "As seen before."
