#!/bin/sh
# Three marks that text programs like to draw progress with, put into braille
# by liblouis: a full circle, an empty circle, a diamond.
#
# Guess: a table without a mark says its code point, so different marks stay
# different under the finger, and none is lost.
# Seen, liblouis 3.24.0:
#   nl-NL-g0          full circle and diamond give the SAME eight cells. The code
#   it-it-comp6       points are 25CF and 25C6; without a number sign between
#                     them the digit 6 and the letter F are one and the same cell.
#   fr-bfu-comp6      empty circle and diamond are both one blank cell: gone,
#                     without a word.
#   en-ueb-g1         the circles have signs of their own, the diamond is spelt
#                     out; here all three differ, as guessed.
# So a mark never carries what no word beside it says.
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
for table in nl-NL-g0.utb it-it-comp6.utb fr-bfu-comp6.utb en-ueb-g1.ctb; do
    for mark in ● ○ ◆; do
        cells=$(echo "$mark" | tree/usr/bin/lou_translate -f "unicode.dis,$table")
        echo "$table $mark [$cells]"
    done
done >got
cat got
cat >want <<'TXT'
nl-NL-g0.utb ● [⠄⡳⠭⠃⠑⠉⠋⠄]
nl-NL-g0.utb ○ [⠄⡳⠭⠃⠑⠉⠃⠄]
nl-NL-g0.utb ◆ [⠄⡳⠭⠃⠑⠉⠋⠄]
it-it-comp6.utb ● [⠄⠠⠭⠃⠑⠉⠋⠄]
it-it-comp6.utb ○ [⠄⠠⠭⠃⠑⠉⠃⠄]
it-it-comp6.utb ◆ [⠄⠠⠭⠃⠑⠉⠋⠄]
fr-bfu-comp6.utb ● [⠔]
fr-bfu-comp6.utb ○ [⠀]
fr-bfu-comp6.utb ◆ [⠀]
en-ueb-g1.ctb ● [⠐⠔]
en-ueb-g1.ctb ○ [⠫⠿]
en-ueb-g1.ctb ◆ [⠄⡳⠭⠃⠑⠉⠋⠄]
TXT
diff want got && echo "As seen before."
