#!/bin/sh
# A span as sleep and timeout take it (10m, 2h, 5s, 1d), given to date -d of the
# same package, as a script does that wants to know when something will be over;
# and a time with a span behind it. All on 1 June 2026, in UTC.
#
# Guess: date takes the same spans, or refuses them; "12:00 +2 hours" is 14:00.
# Seen, coreutils 9.1 (Debian 9.1-1): a number up to 23 with a letter behind it is
# an hour in the zone that armies call by that letter. Above that it is refused,
# so that 30m gives an error, and 10m a moment that is over, without one:
#   10m              22:00 of the day BEFORE (ten o'clock in zone M, UTC+12)
#   2h               18:00 of the day before (zone H, UTC+8)
#   5s               11:00 (zone S, UTC-6)
#   12:00 +2 hours   11:00: "+2" is read as the zone, and "hours" as one hour more
#   12:00 2 hours    14:00, as is 12:00 UTC +2 hours
# So a span is written with its whole word and without a plus (10 minutes), and
# what comes back is compared with now.
#
# Needs: Debian 12, apt-get (after an apt-get update). Nothing gets installed.
# Exits 1 if this changes, 2 if another version than 9.1-1 is on offer.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
offered=$(apt-cache policy coreutils | sed -n 's/^ *Candidate: //p')
echo "coreutils $offered"
[ "$offered" = 9.1-1 ] || { echo "another version: not tried"; exit 2; }
apt-get -qq download coreutils=9.1-1 2>/dev/null
dpkg-deb -x coreutils_*.deb tree
export TZ=UTC0 LC_ALL=C
for span in 0.01m 0.0001h; do
    tree/bin/sleep $span && echo "sleep takes $span"
done >got
for text in 10m 2h 5s 1d 23m 24m 30m +10m "10 m" "10 minutes" "12:00 +2 hours" \
    "12:00 2 hours" "12:00 UTC +2 hours"; do
    if ! moment=$(tree/bin/date -d "2026-06-01 $text" '+%d %b %H:%M' 2>error); then
        moment=$(sed 's/.*\(invalid date\).*/\1/' error)
    fi
    echo "date $text -> $moment"
done >>got
cat got
cat >want <<'TXT'
sleep takes 0.01m
sleep takes 0.0001h
date 10m -> 31 May 22:00
date 2h -> 31 May 18:00
date 5s -> 01 Jun 11:00
date 1d -> 31 May 21:00
date 23m -> 01 Jun 11:00
date 24m -> invalid date
date 30m -> invalid date
date +10m -> invalid date
date 10 m -> 31 May 22:00
date 10 minutes -> 01 Jun 00:10
date 12:00 +2 hours -> 01 Jun 11:00
date 12:00 2 hours -> 01 Jun 14:00
date 12:00 UTC +2 hours -> 01 Jun 14:00
TXT
diff want got && echo "As seen before."
