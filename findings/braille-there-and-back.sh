#!/bin/sh
# Ordinary words put into contracted English braille (UEB, grade 2) by liblouis
# and read back by it. The way back is what somebody goes who types contracted
# braille on a display: it turns cells into the letters that a program gets.
#
# Guess: rare names may suffer; everyday words come back as they went, whatever
# stands beside them.
# Seen, liblouis 3.24.0, en-ueb-g2:
#   enough              comes back as "en", alone and at the end of a line; with
#                       a full stop or a comma after it it is whole
#   it;  people;  out;  come back as "x;", "p;" and "ou;": before a semicolon a
#                       word that is one sign is read as letters
#   it,  it:  it.       come back whole
# So what people type is never matched by a word alone: an answer has a number,
# too, and sentences to be typed again have no semicolon.
#
# Needs: Debian 12, apt-get (after an apt-get update). Nothing gets installed.
# Exits 1 if this changes, 2 if another version than 3.24.0-1 is on offer.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
for package in liblouis-bin liblouis20 liblouis-data; do
    offered=$(apt-cache policy "$package" | sed -n 's/^ *Candidate: //p')
    echo "$package $offered"
    [ "$offered" = 3.24.0-1 ] || { echo "another version: not tried"; exit 2; }
    apt-get -qq download "$package=3.24.0-1" 2>/dev/null
done
for deb in *.deb; do dpkg-deb -x "$deb" tree; done
LD_LIBRARY_PATH=$(echo "$dir"/tree/usr/lib/*-linux-gnu*)
LOUIS_TABLEPATH=$dir/tree/usr/share/liblouis/tables
export LD_LIBRARY_PATH LOUIS_TABLEPATH LC_ALL=C.UTF-8

turn() { tree/usr/bin/lou_translate "$1" en-ueb-g2.ctb; }
for text in "that is enough" "that is enough." "enough, yes" "look at it; then stop" \
    "look at it: then stop" "people; here" "people, here" "we go out; now" "yes; no"; do
    echo "$text = $(echo "$text" | turn -f | turn -b)"
done >got
cat got
cat >want <<'TXT'
that is enough = that is en
that is enough. = that is enough.
enough, yes = enough, yes
look at it; then stop = look at x; then stop
look at it: then stop = look at it: then stop
people; here = p; here
people, here = people, here
we go out; now = we go ou; now
yes; no = yes; no
TXT
diff want got && echo "As seen before."
