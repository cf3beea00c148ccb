#!/bin/sh
# A day with its month in short, as programs write dates where room is short,
# spoken by flite, which small machines have and screen readers reach through
# speech-dispatcher.
#
# Guess: whoever writes "7 Dec" hears "seventh December", or else "seven deck":
# an engine knows the short month or it doesn't.
# Seen, flite 2.2-5: it does both. "7 Dec" is "seventh dec": the word is known as a
# month, since the number before or behind it becomes a day of one ("seven dogs" stays
# seven), and all the same it is read as three letters that make a syllable:
# "seventh mar", "sixth jun", "jan first". A month at full length is no different
# in its number. The short days before them (Mon, Thu, Sat) are syllables too.
# So dates that are meant for the ear have whole months and days.
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

# The words that a text is spoken as.
spoken() { tree/usr/bin/flite -t "$1" -pw -o none | tr -s ' \n' ' ' | sed 's/^ *//; s/ *$//'; }
for text in "7 Dec" "7 dogs" "7 Mar" "6 Jun" "6 June" "Jan 1" "Sat 5 Sep"; do
    echo "$text = $(spoken "$text")"
done >got
cat got
cat >want <<'TXT'
7 Dec = seventh dec
7 dogs = seven dogs
7 Mar = seventh mar
6 Jun = sixth jun
6 June = sixth june
Jan 1 = jan first
Sat 5 Sep = sat fifth sep
TXT
diff want got && echo "As seen before."
