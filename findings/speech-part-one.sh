#!/bin/sh
# What flite, a small speech engine that screen readers use, makes of the word
# "I" after a common noun or a name. Shown as the words that it would speak.
#
# Guess: a capital "I" alone is "I"; a Roman one needs a list or a heading
# ("Part I", "Charles V") to be one.
# Seen, flite 2.2 (Debian 2.2-5):
#   "the part I met today"  the part ONE met today; "act", "verse", "book" too
#   "James I hear you"      james THE FIRST hear you, to a listener called James;
#                           Henry, Mary and Paul as well, Ada not
#   "the part, I think"     a comma or a "that" between them leaves "I" alone
# So in a text that may be heard, a part is one "that I met", and a name is
# followed by a comma.
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
# flite is linked with it; no sound is made.
apt-get -qq download libasound2 2>/dev/null
for deb in *.deb; do dpkg-deb -x "$deb" tree; done
LD_LIBRARY_PATH=$(find "$dir/tree" -name '*.so*' -printf '%h\n' | sort -u | paste -sd:)
export LD_LIBRARY_PATH

say() { printf '%s = %s\n' "$1" "$(tree/usr/bin/flite -pw -o none -t "$1" | sed 's/ *$//')"; }
for text in "the part I met today" "the act I saw" "James I hear you" \
    "Mary I hear you" "Paul I hear you" "Ada I hear you" \
    "the part, I think" "the part that I met" "James, I hear you"; do
    say "$text"
done >got
cat got
cat >want <<'TXT'
the part I met today = the part one met today
the act I saw = the act one saw
James I hear you = james the first hear you
Mary I hear you = mary the first hear you
Paul I hear you = paul the first hear you
Ada I hear you = ada i hear you
the part, I think = the part i think
the part that I met = the part that i met
James, I hear you = james i hear you
TXT
diff want got && echo "As seen before."
