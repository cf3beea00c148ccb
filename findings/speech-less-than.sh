#!/bin/sh
# Signs that make short texts shorter: "<5 min" for less than five minutes, a tick
# or a cross for how something went. Shown as the sounds that espeak-ng, the
# engine of most screen readers on Linux, would make of them.
#
# Guess: it has a name for such a sign in the languages that it knows well, or
# for none of a kind: who hears "less or equal" would hear "less than".
# Seen, espeak-ng 1.51 (Debian 1.51+dfsg-10+deb12u2):
#   English, German   "<5 min" and ">5 min" are both "five min", so that a limit
#                     becomes a length; yet "≤5 min" and "≥5 min" are spoken in full
#   French, Spanish   all four are "five min"
#   all of them       "walk ✓" and "walk ✗" are both "walk"
# A screen reader that puts words in for signs first can mend this; a text that is
# piped to the engine, or goes through one set to few signs, has nobody to do it.
# So what may be heard says "under 5 min", and "done" or "not done".
#
# Needs: Debian 12, apt-get (after an apt-get update). Nothing gets installed.
# Exits 1 if this changes, 2 if another version is on offer.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
for package in espeak-ng espeak-ng-data libespeak-ng1; do
    offered=$(apt-cache policy "$package" | sed -n 's/^ *Candidate: //p')
    echo "$package $offered"
    [ "$offered" = 1.51+dfsg-10+deb12u2 ] || { echo "another version: not tried"; exit 2; }
    apt-get -qq download "$package=$offered" 2>/dev/null
done
# They are linked with these; no sound is made.
apt-get -qq download libpcaudio0 libsonic0 libasound2 libpulse0 2>/dev/null
for deb in *.deb; do dpkg-deb -x "$deb" tree; done
LD_LIBRARY_PATH=$(find "$dir/tree" -name '*.so*' -printf '%h\n' | sort -u | paste -sd:)
export LD_LIBRARY_PATH LC_ALL=C.UTF-8
data=$(dirname "$(find "$dir/tree" -type d -name espeak-ng-data)")

for voice in en de fr es; do
    for text in "5 min" "<5 min" ">5 min" "≤5 min" "≥5 min" "walk" "walk ✓" "walk ✗"; do
        said=$(tree/usr/bin/espeak-ng --path="$data" -q --ipa -v "$voice" -- "$text")
        echo "$voice $text [$(echo $said)]"
    done
done >got
cat got
cat >want <<'TXT'
en 5 min [fˈaɪv mˈɪn]
en <5 min [fˈaɪv mˈɪn]
en >5 min [fˈaɪv mˈɪn]
en ≤5 min [lˈɛs ɔːɹ ˈiːkwəl tə fˈaɪv mˈɪn]
en ≥5 min [ɡɹˈeɪtəɹ ɔːɹ ˈiːkwəl tə fˈaɪv mˈɪn]
en walk [wˈɔːk]
en walk ✓ [wˈɔːk]
en walk ✗ [wˈɔːk]
de 5 min [fˈynf mˈiːn]
de <5 min [fˈynf mˈiːn]
de >5 min [fˈynf mˈiːn]
de ≤5 min [klˈaɪnɜ ˌoːdɜ ɡlˈaɪç fˈynf mˈiːn]
de ≥5 min [ɡɾˈøːsɜ ˌoːdɜ ɡlˈaɪç fˈynf mˈiːn]
de walk [vˈalk]
de walk ✓ [vˈalk]
de walk ✗ [vˈalk]
fr 5 min [sˈɛ̃k mˈɛ̃]
fr <5 min [sˈɛ̃k mˈɛ̃]
fr >5 min [sˈɛ̃k mˈɛ̃]
fr ≤5 min [sˈɛ̃k mˈɛ̃]
fr ≥5 min [sˈɛ̃k mˈɛ̃]
fr walk [(en)wˈɔːk(fr)]
fr walk ✓ [(en)wˈɔːk(fr)]
fr walk ✗ [(en)wˈɔːk(fr)]
es 5 min [θˈinko mˈin]
es <5 min [θˈinko mˈin]
es >5 min [θˈinko mˈin]
es ≤5 min [θˈinko mˈin]
es ≥5 min [θˈinko mˈin]
es walk [wˈalk]
es walk ✓ [wˈalk]
es walk ✗ [wˈalk]
TXT
diff want got && echo "As seen before."
