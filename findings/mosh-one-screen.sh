#!/bin/sh
# What a program draws on the alternate screen (DECSET 1049), seen through mosh
# once the program has left it. mosh keeps a picture of the screen on each side
# and sends what differs.
#
# Guess: mosh is a terminal of its own, so that it keeps both screens; what was
# on the ordinary one comes back, as in tmux.
# Seen, mosh 1.4.0, Debian 12:
#   there is one screen. What stood before is written over, and what the
#   program drew stays for whoever looks next
#   faint (SGR 2) and crossed out (SGR 9) are drawn like any other letter
#   three bells sent at once arrive as one
# So the screen is erased row by row before it is given back, nothing is told
# by faintness alone, and no signal is a number of bells.
#
# Needs: Debian 12, apt-get (after an apt-get update), python3. Nothing gets
# installed. Exits 1 if this changes, 2 if another version is on offer.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
while read -r package version; do
    offered=$(apt-cache policy "$package" | sed -n 's/^ *Candidate: //p')
    echo "$package $offered"
    [ "$offered" = "$version" ] || { echo "another version: not tried"; exit 2; }
    apt-get -qq download "$package=$version" 2>/dev/null
done <<'TXT'
mosh 1.4.0-1+b1
libprotobuf32 3.21.12-3+deb12u1
libutempter0 1.2.1-3
TXT
for deb in *.deb; do dpkg-deb -x "$deb" tree; done
cat >through.py <<'PY'
import fcntl, glob, os, pty, re, select, struct, subprocess, termios, time

lib = glob.glob(os.getcwd() + "/tree/usr/lib/*-linux-gnu*")[0]
env = dict(os.environ, LD_LIBRARY_PATH=lib, LC_ALL="C.UTF-8", TERM="xterm-256color")


def through(sent):
    with open("sent", "wb") as file:
        file.write(sent)
    shows = "printf before; sleep 1; cat %s/sent; sleep 9" % os.getcwd()
    server = ["tree/usr/bin/mosh-server", "new", "-i", "127.0.0.1", "-p", "61001:61050"]
    said = subprocess.run(server + ["--", "sh", "-c", shows], env=env,
                          capture_output=True, text=True).stdout
    port, key = re.search(r"MOSH CONNECT (\d+) (\S+)", said).groups()
    child, terminal = pty.fork()
    if child == 0:
        time.sleep(0.3)
        client = "tree/usr/bin/mosh-client"
        os.execve(client, [client, "127.0.0.1", port], dict(env, MOSH_KEY=key))
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    got, end = b"", time.time() + 3.5
    while time.time() < end:
        if select.select([terminal], [], [], 0.1)[0]:
            try:
                got += os.read(terminal, 65536)
            except OSError:
                break
    os.kill(child, 15)
    return got.partition(b"before")[2]


second = b"\x1b[?1049h\x1b[2J\x1b[Hdrawn\x1b[?1049l"
seen = through(second)
print("the second screen:", "drawn stays" if b"drawn" in seen and b"before" not in seen
      else "before comes back")
for name, style in [("faint", b"2"), ("crossed out", b"9"), ("bold", b"1")]:
    seen = through(b"\x1b[" + style + b"mword\x1b[0m").partition(b"word")[0]
    print(name + ":", "kept" if re.search(rb"\x1b\[[0-9;]*" + style + b"m", seen) else "lost")
print("bells of three:", through(b"\a\a\aX").count(b"\a"))
PY
python3 through.py >got
cat got
cat >want <<'TXT'
the second screen: drawn stays
faint: lost
crossed out: lost
bold: kept
bells of three: 1
TXT
diff want got && echo "As seen before."
