#!/bin/sh
# A number with a letter right behind it, as short times (2h), places (3c) and
# codes have it, put into braille by liblouis. In many languages the digits are
# the letters a to j behind a number sign, so that a letter which follows needs
# a sign of its own to be one.
#
# Guess: every table for literary braille gives that sign; "2h" is never "28".
# Seen, liblouis 3.24.0:
#   Spanish, Catalan, Portuguese, Italian, Polish, Hebrew, Hindi (grade 1)
#                  no sign: "2h" is "28" to the dot, "10h" is "108", "3c" is "33"
#   UK English (uncontracted and contracted), US English (contracted, before UEB)
#                  a sign before every letter but one: "1a" is "11", "1b" is not "12"
#   unified English, German, French, Arabic
#                  as guessed
# So a unit stands apart from its number: "2 h" differs from "28" in all of them.
#
# Needs: Debian 12, apt-get (after an apt-get update). Nothing gets installed.
# Exits 1 if this changes, 2 if another version than 3.24.0-1 is on offer.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
packages="liblouis-bin liblouis20 liblouis-data"
for package in $packages; do
    offered=$(apt-cache policy "$package" | sed -n 's/^ *Candidate: //p')
    echo "$package $offered"
    [ "$offered" = 3.24.0-1 ] || { echo "another version: not tried"; exit 2; }
    apt-get -qq download "$package=3.24.0-1" 2>/dev/null
done
for deb in *.deb; do dpkg-deb -x "$deb" tree; done
LD_LIBRARY_PATH=$(echo "$dir"/tree/usr/lib/*-linux-gnu*)
LOUIS_TABLEPATH=$dir/tree/usr/share/liblouis/tables
export LD_LIBRARY_PATH LOUIS_TABLEPATH LC_ALL=C.UTF-8
cells() {
    echo "$2" | tree/usr/bin/lou_translate -f "unicode.dis,$1"
}
for table in es-g1.ctb ca-g1.ctb pt-pt-g1.utb it-it-comp6.utb Pl-Pl-g1.utb he-IL.utb \
    hi-in-g1.utb en-gb-g1.utb en-GB-g2.ctb en-us-g2.ctb en-ueb-g1.ctb en-ueb-g2.ctb \
    de-g1.ctb de-g2.ctb fr-bfu-g2.ctb ar-ar-g1.utb; do
    same=""
    for pair in 2h=28 10h=108 3c=33 1a=11 1b=12 "2 h=28"; do
        one=$(cells $table "${pair%=*}")
        other=$(cells $table "${pair#*=}")
        [ -n "$one" ] && [ -n "$other" ] || { echo "$table: no answer"; exit 1; }
        [ "$one" != "$other" ] || same="$same, $pair"
    done
    echo "$table [$(cells $table 2h)] ${same:-, none}" | sed 's/ , / /'
done >got
cat got
cat >want <<'TXT'
es-g1.ctb [⠼⠃⠓] 2h=28, 10h=108, 3c=33, 1a=11, 1b=12
ca-g1.ctb [⠼⠃⠓] 2h=28, 10h=108, 3c=33, 1a=11, 1b=12
pt-pt-g1.utb [⠼⠃⠓] 2h=28, 10h=108, 3c=33, 1a=11, 1b=12
it-it-comp6.utb [⠼⠃⠓] 2h=28, 10h=108, 3c=33, 1a=11, 1b=12
Pl-Pl-g1.utb [⠼⠃⠓] 2h=28, 10h=108, 3c=33, 1a=11, 1b=12
he-IL.utb [⠼⠃⠓] 2h=28, 10h=108, 3c=33, 1a=11, 1b=12
hi-in-g1.utb [⠼⠃⠓] 2h=28, 10h=108, 3c=33, 1a=11, 1b=12
en-gb-g1.utb [⠼⠃⠰⠓] 1a=11
en-GB-g2.ctb [⠼⠃⠰⠓] 1a=11
en-us-g2.ctb [⠼⠃⠰⠓] 1a=11
en-ueb-g1.ctb [⠼⠃⠰⠓] none
en-ueb-g2.ctb [⠼⠃⠰⠓] none
de-g1.ctb [⠼⠃⠠⠓] none
de-g2.ctb [⠼⠃⠠⠓] none
fr-bfu-g2.ctb [⠠⠣⠓] none
ar-ar-g1.utb [⠼⠃⠰⠓] none
TXT
diff want got && echo "As seen before."
