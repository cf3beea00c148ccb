#!/bin/sh
# A text sealed with a passphrase in age's format. Its second line ends with the
# work factor: each 1 more is twice the work of trying one passphrase.
#
# Guess: a library takes one number for all files, as age itself does (18), and
# opens each file that age wrote.
# Seen, pyrage 1.3.0 (the age library for Rust) and age 1.1.1:
#   Twelve files written one after the other had 17 to 20; with other programs
#   at work one had 14, so that a passphrase of it is tried 64 times sooner.
#   The library measures about a thousandth of a second of work by the clock on
#   the wall each time, and takes what it thinks fills a second.
#   When it reads it measures, too: where the machine seems 128 times slower, the
#   file that age wrote is refused ("Excessive work parameter for passphrase").
# The slow machine is played by a clock that runs faster (libfaketime). So a program
# that seals with this library sets both numbers itself.
#
# Needs: Debian 12, apt-get (after an apt-get update), python3 with venv, pip.
# Exits 1 if this changes, 2 if another version is on offer.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
for package in age libfaketime; do
    offered=$(apt-cache policy "$package" | sed -n 's/^ *Candidate: //p')
    echo "$package $offered"
    case "$package $offered" in
    "age 1.1.1-1+b3" | "libfaketime 0.9.10-2.1") ;;
    *) echo "another version: not tried"; exit 2 ;;
    esac
    apt-get -qq download "$package=$offered" 2>/dev/null
done
for deb in *.deb; do dpkg-deb -x "$deb" tree; done
python3 -m venv venv
venv/bin/pip -q install pyrage==1.3.0 2>/dev/null || { echo "no pyrage 1.3.0"; exit 2; }
venv/bin/pip list 2>/dev/null | grep pyrage
fast=$(find "$dir/tree" -name libfaketime.so.1)

# age asks for a passphrase at a terminal only.
cat >seal.py <<'TXT'
import os, pty, select, time
open("plain", "w").write("hello\n")
pid, fd = pty.fork()
if pid == 0:
    os.execv("tree/usr/bin/age", ["age", "-p", "-o", "by-age", "plain"])
for _ in range(2):
    said = b""
    while not said.rstrip().endswith(b":"):
        if not select.select([fd], [], [], 20)[0]:
            raise SystemExit("age did not ask")
        said += os.read(fd, 4096)
    time.sleep(0.2)
    os.write(fd, b"four plain words here\n")
try:
    while os.read(fd, 4096):
        pass
except OSError:
    pass
os.waitpid(pid, 0)
TXT
python3 seal.py
echo "age: $(sed -n 2p by-age | sed 's/.* //')"
cat >factors.py <<'TXT'
import pyrage, sys
seal = lambda: pyrage.passphrase.encrypt(b"a", "b").split(b"\n")[1].split()[-1]
print(*(int(seal()) for _ in range(int(sys.argv[1]))))
TXT
cat >open.py <<'TXT'
import pyrage
try:
    print(pyrage.passphrase.decrypt(open("by-age", "rb").read(), "four plain words here"))
except Exception as why:
    print(type(why).__name__, str(why).splitlines()[0])
TXT
venv/bin/python factors.py 12 >usual
echo "library: $(cat usual)"
LD_PRELOAD=$fast FAKETIME="+0 x128" venv/bin/python factors.py 6 >slow
echo "library, where the machine seems slow: $(cat slow)"
venv/bin/python open.py
LD_PRELOAD=$fast FAKETIME="+0 x128" venv/bin/python open.py | tee refused
[ "$(sed -n 2p by-age | sed 's/.* //')" = 18 ]
most() { tr ' ' '\n' <"$1" | sort -n | tail -1; }
[ "$(most slow)" -lt "$(most usual)" ]
grep -q "Excessive work parameter" refused
echo "As seen before."
