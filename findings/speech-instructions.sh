#!/bin/sh
# English words that sound one way as a verb and another as something else
# (close, record, wind, read, lead), at the beginning of an instruction, which is
# how programs talk. Shown as the sounds that two speech engines would make.
#
# Guess: a word that begins a sentence and has "it" or "the" behind it is a verb;
# a "please" before it helps.
# Seen, espeak-ng 1.51 (Debian 1.51+dfsg-10+deb12u2): only the word before tells.
#   "Close the page"      as in "stay close"; "Record it" as in "a record"; "Wind
#                         down" as the weather; "please", "now" and "never" change
#                         nothing. Right behind "to", "can", "do".
#   "comes to a close"    as in "stay close", too
# Seen, flite 2.2 (Debian 2.2-5): these are right, and others are not.
#   "Read it aloud"       "red it aloud", as if somebody had; "please" changes
#                         nothing. Right behind "to" and "will".
#   "Lead them"           "led them"
# So what may be heard says "say it aloud"; or "you can close the page".
#
# Needs: Debian 12, apt-get (after an apt-get update). Nothing gets installed.
# Exits 1 if this changes, 2 if other versions are on offer.
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
espeak-ng 1.51+dfsg-10+deb12u2
espeak-ng-data 1.51+dfsg-10+deb12u2
libespeak-ng1 1.51+dfsg-10+deb12u2
flite 2.2-5
libflite1 2.2-5
TXT
# They are linked with these; no sound is made.
apt-get -qq download libpcaudio0 libsonic0 libasound2 libpulse0 2>/dev/null
for deb in *.deb; do dpkg-deb -x "$deb" tree; done
LD_LIBRARY_PATH=$(find "$dir/tree" -name '*.so*' -printf '%h\n' | sort -u | paste -sd:)
export LD_LIBRARY_PATH
data=$(dirname "$(find "$dir/tree" -type d -name espeak-ng-data)")

espeak() { tree/usr/bin/espeak-ng --path="$data" -q -x -v en "$1" | sed 's/^ *//; s/ *$//'; }
flite() { tree/usr/bin/flite -ps -o none -t "$1" | sed 's/pau *//g; s/ *$//'; }
for text in "Close the page." "Please close the page." "You can close the page." \
    "It comes to a close." "Record it." "to record it" "Wind down." "to wind down"; do
    printf '%s = %s\n' "$text" "$(espeak "$text")"
done >got
for text in "Read it aloud." "Please read it aloud." "to read it aloud" "Lead them."; do
    printf '%s = %s\n' "$text" "$(flite "$text")"
done >>got
cat got
cat >want <<'TXT'
Close the page. = kl'oUs D@ p'eIdZ
Please close the page. = pl'i:z kl'oUs D@ p'eIdZ
You can close the page. = ju: kan kl'oUz D@ p'eIdZ
It comes to a close. = It k'Vmz tU a# kl'oUs
Record it. = r'EkO@d It
to record it = t@ rI2k'o@d It
Wind down. = w'Ind d'aUn
to wind down = t@ w'aInd d'aUn
Read it aloud. = r eh d ih t ax l aw d
Please read it aloud. = p l iy z r eh d ih t ax l aw d
to read it aloud = t ax r iy d ih t ax l aw d
Lead them. = l eh d dh eh m
TXT
diff want got && echo "As seen before."
