#!/bin/sh
# The first hour of the day, written as clocks write it, spoken by flite, which
# small machines have and screen readers reach through speech-dispatcher.
#
# Guess: "00:00" is heard as zeros or as midnight, "00:30" as zero thirty or
# as half past twelve; a leading zero changes nothing.
# Seen, flite 2.2-5:
#   00:00  nothing at all: a pause, and the sentence goes on
#   00:30  "thirty": the hour is left out, so that it is heard as a number
#   00:05  "oh five"
#   0:00   "zero", and 0:30 "zero thirty": one zero is an hour, two are none
#   07:30  "seven thirty", like 7:30: only the hour of two zeros is lost
# Festival 2.5, from which flite comes, says "zero" and "zero thirty" for both.
# So the hour after midnight is written with one zero.
#
# Needs: Debian 12, apt-get (after an apt-get update). Nothing gets installed.
# Exits 1 if this changes, 2 if another version than 2.2-5 is on offer.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
for package in flite libflite1; do
    offered=$(apt-cache policy "$package" | sed -n 's/^ *Candidate: //p')
    echo "$package $offered"
    [ "$offered" = 2.2-5 ] || { echo "another version: not tried"; exit 2; }
    apt-get -qq download "$package=2.2-5" 2>/dev/null
done
for deb in *.deb; do dpkg-deb -x "$deb" tree; done
LD_LIBRARY_PATH=$(echo "$dir"/tree/usr/lib/*-linux-gnu*)
export LD_LIBRARY_PATH

# The sounds of a text, without the pauses around it.
sounds() { tree/usr/bin/flite -t "$1" -ps -o none | sed 's/ *pau */ /g; s/^ *//; s/ *$//'; }
for text in 00:00 0:00 00:30 0:30 00:05 07:30 7:30 "It ends at 00:00 today."; do
    echo "$text = $(sounds "$text")"
done >got
cat got
cat >want <<'TXT'
00:00 = 
0:00 = z ih r ow
00:30 = th er d iy
0:30 = z ih r ow th er d iy
00:05 = ow f ay v
07:30 = s eh v ax n th er d iy
7:30 = s eh v ax n th er d iy
It ends at 00:00 today. = ih t eh n d z ae t t ax d ey
TXT
diff want got && echo "As seen before."
