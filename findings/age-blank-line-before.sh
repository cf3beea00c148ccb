#!/bin/sh
# An age file in its letter form (-----BEGIN AGE ENCRYPTED FILE-----), as it comes
# out of a mail or a chat: with a blank line before it or after it. Read by three
# of the implementations.
#
# Guess: white space around the letters is nothing to any of them, or an error to
# each: the letters are much like PEM, whose readers look for the BEGIN line.
# Seen: after the file it is; before the file only one of three ignores it, and
# the other two don't say what is wrong.
#                              blank line before      blank lines after
#   age 1.1.1 (Go, Debian)     failed to read header  opens
#   pyrage 1.4.0 (Rust's age)  Header is invalid      opens
#   age-encryption 0.3.1 (JS)  opens                  opens
# So whoever keeps a notebook's key as text pastes it from its very first letter.
#
# Needs: Debian 12, apt-get (after an apt-get update), python3 with venv, node (20
# or later), npm. Exits 1 if this changes, 2 if another version of age is on offer.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
offered=$(apt-cache policy age | sed -n 's/^ *Candidate: //p')
echo "age $offered"
[ "$offered" = 1.1.1-1+b3 ] || { echo "another version: not tried"; exit 2; }
apt-get -qq download age=1.1.1-1+b3 2>/dev/null
dpkg-deb -x age_*.deb tree
python3 -m venv venv
venv/bin/pip -q --disable-pip-version-check install pyrage==1.4.0
echo '{"private":true}' >package.json
npm install --silent --no-audit --no-fund --save-exact age-encryption@0.3.1 >/dev/null

tree/usr/bin/age-keygen -o key.txt 2>/dev/null
echo "tea at four" | tree/usr/bin/age -a -r "$(tree/usr/bin/age-keygen -y key.txt)" >plain.age
{ echo; cat plain.age; } >before.age
{ cat plain.age; echo; echo; } >after.age
cat >read.py <<'PY'
import pyrage
with open("key.txt") as file:
    key = pyrage.x25519.Identity.from_str(file.read().split()[-1])
for case in ("plain", "before", "after"):
    try:
        with open(case + ".age", "rb") as file:
            print("pyrage", case, pyrage.decrypt(file.read(), [key]).decode().strip())
    except pyrage.DecryptError as error:
        print("pyrage", case, error)
PY
cat >read.mjs <<'JS'
import { readFileSync } from "node:fs";
import { Decrypter, armor } from "age-encryption";
const key = readFileSync("key.txt", "utf8").trim().split("\n").pop();
for (const which of ["plain", "before", "after"]) {
  const reader = new Decrypter();
  reader.addIdentity(key);
  try {
    const bytes = armor.decode(readFileSync(which + ".age", "utf8"));
    console.log("age-encryption", which, (await reader.decrypt(bytes, "text")).trim());
  } catch (error) {
    console.log("age-encryption", which, error.message);
  }
}
JS
{
    for case in plain before after; do
        echo "age $case $(tree/usr/bin/age -d -i key.txt "$case.age" 2>&1 | head -1 |
            sed 's/.*\(failed to read header\).*/\1/')"
    done
    venv/bin/python read.py
    node read.mjs
} >got
cat got
cat >want <<'TXT'
age plain tea at four
age before failed to read header
age after tea at four
pyrage plain tea at four
pyrage before Header is invalid
pyrage after tea at four
age-encryption plain tea at four
age-encryption before tea at four
age-encryption after tea at four
TXT
diff want got && echo "As seen before."
