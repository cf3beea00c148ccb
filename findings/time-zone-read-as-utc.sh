#!/bin/sh
# TZ as POSIX and RFC 8536 let it be written, read by two libraries for Rust and
# by the C library (through date), in the winter and in the summer of 2026.
#
# Guess: what the C library understands the libraries understand as well, or
# they keep at least its standard offset; the one that came later is stricter.
# Seen: a whole value is given up for a detail, and the time is UTC, silently.
#                                     glibc        chrono 0.4.45  jiff 0.2.46
#   IST-2IDT,M3.4.4/26,M10.5.0        +02 +03      UTC            +02 +03
#   <-02>2<-01>,M3.5.0/-1,M10.5.0/0   -02 -01      UTC            -02 -01
#   CET-1CEST (no rule)               +01 +02      UTC            UTC
#   europe/berlin                     UTC          UTC            +01 +02
# The first is Jerusalem's rule and the second Nuuk's, as they stand at the end
# of those zones' files (tail -1 /usr/share/zoneinfo/Asia/Jerusalem): changes on
# hour 26 and on hour -1, which chrono takes from the file and not from TZ.
# So what a program shows as the local time can be hours off without an error.
#
# Needs: cargo, the files of /usr/share/zoneinfo, date of coreutils with glibc.
# Exits 1 if this changes.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
mkdir src
cat >Cargo.toml <<'TOML'
[package]
name = "zone"
version = "0.0.0"
edition = "2021"
[dependencies]
chrono = { version = "=0.4.45", default-features = false, features = ["clock", "std"] }
jiff = "=0.2.46"
TOML
cat >src/main.rs <<'RS'
use chrono::{Local, TimeZone};
fn main() {
    let zone = jiff::tz::TimeZone::system();
    let at = [1_767_225_600, 1_782_864_000]; // the first of January and of July, 2026, in UTC
    let chrono = at.map(|s| Local.timestamp_opt(s, 0).unwrap().offset().local_minus_utc() / 3600);
    let jiff = at.map(|s| zone.to_offset(jiff::Timestamp::from_second(s).unwrap()).seconds() / 3600);
    println!("chrono {chrono:?} jiff {jiff:?}");
}
RS
CARGO_TARGET_DIR="$dir/target" cargo build --quiet
grep -A1 -E '^name = "(chrono|jiff)"$' Cargo.lock | grep -v '^--'
for zone in Europe/Berlin 'CET-1CEST,M3.5.0,M10.5.0/3' 'IST-2IDT,M3.4.4/26,M10.5.0' \
    '<-02>2<-01>,M3.5.0/-1,M10.5.0/0' CET-1CEST europe/berlin; do
    winter=$(TZ=$zone date -d '2026-01-01 00:00 UTC' +%:::z)
    summer=$(TZ=$zone date -d '2026-07-01 00:00 UTC' +%:::z)
    echo "$zone glibc $winter $summer $(TZ=$zone target/debug/zone 2>/dev/null)"
done >got
cat got
cat >want <<'TXT'
Europe/Berlin glibc +01 +02 chrono [1, 2] jiff [1, 2]
CET-1CEST,M3.5.0,M10.5.0/3 glibc +01 +02 chrono [1, 2] jiff [1, 2]
IST-2IDT,M3.4.4/26,M10.5.0 glibc +02 +03 chrono [0, 0] jiff [2, 3]
<-02>2<-01>,M3.5.0/-1,M10.5.0/0 glibc -02 -01 chrono [0, 0] jiff [-2, -1]
CET-1CEST glibc +01 +02 chrono [0, 0] jiff [0, 0]
europe/berlin glibc +00 +00 chrono [0, 0] jiff [1, 2]
TXT
diff want got && echo "As seen before."
