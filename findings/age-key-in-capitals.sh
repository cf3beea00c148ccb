#!/bin/sh
# A key of age in the other size of letters. Bech32, in which age writes its keys,
# has readers take all capitals and all small letters alike (BIP 173): a QR code
# in capitals is smaller, and some keyboards and labels have one size only.
#
# Guess: what reads an age key reads it as Bech32 is read; what one of the
# libraries takes all of them take.
# Seen:                          recipient AGE1...   identity age-secret-key-1...
#   age 1.1.1 (Go)               refused             refused
#   age-encryption 0.3.1 (npm)   refused             refused
#   pyrage 1.4.0 (age for Rust)  taken               taken
# The two say "unknown" and "unrecognized", as if it were no key of age at all.
# So a key that was scanned, typed or written down is brought to the size that
# age prints before it is used: a recipient small, an identity in capitals.
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

# right: as age prints them. other: the same two keys in the other size.
mkdir right other
tree/usr/bin/age-keygen 2>/dev/null | grep -v '^#' >right/identity
tree/usr/bin/age-keygen -y right/identity >right/recipient
tr A-Z a-z <right/identity >other/identity
tr a-z A-Z <right/recipient >other/recipient
echo "tea at four" >tea
tree/usr/bin/age -R right/recipient -o tea.age tea

for size in right other; do
    for what in recipient identity; do
        case $what in
        recipient) set -- tree/usr/bin/age -r "$(cat $size/recipient)" -o out.age tea ;;
        identity) set -- tree/usr/bin/age -d -i $size/identity -o out tea.age ;;
        esac
        if "$@" 2>error; then echo "age $size $what taken"
        elif grep -q unknown error; then echo "age $size $what refused"
        else cat error; fi
    done
done >got
cat >read.mjs <<'JS'
import { readFileSync } from "node:fs";
import { Decrypter, Encrypter } from "age-encryption";
const key = (size, what) => readFileSync(`${size}/${what}`, "utf8").trim();
for (const size of ["right", "other"])
  for (const [what, take] of [
    ["recipient", async () => {
      const encrypter = new Encrypter();
      encrypter.addRecipient(key(size, "recipient"));
      await encrypter.encrypt("tea at four");
    }],
    ["identity", async () => {
      const decrypter = new Decrypter();
      decrypter.addIdentity(key(size, "identity"));
      await decrypter.decrypt(readFileSync("tea.age"));
    }],
  ])
    try {
      await take();
      console.log(`age-encryption ${size} ${what} taken`);
    } catch (error) {
      console.log(`age-encryption ${size} ${what}`,
        /unrecognized/.test(error.message) ? "refused" : error.message);
    }
JS
node read.mjs >>got
cat >read.py <<'PY'
import pyrage
def key(size, what):
    with open(size + "/" + what) as file:
        return file.read().strip()
with open("tea.age", "rb") as file:
    tea = file.read()
x25519 = pyrage.x25519
for size in ("right", "other"):
    sealed = pyrage.encrypt(b"tea at four", [x25519.Recipient.from_str(key(size, "recipient"))])
    opened = pyrage.decrypt(sealed, [x25519.Identity.from_str(key("right", "identity"))])
    print("pyrage", size, "recipient", "taken" if opened == b"tea at four" else opened)
    opened = pyrage.decrypt(tea, [x25519.Identity.from_str(key(size, "identity"))])
    print("pyrage", size, "identity", "taken" if opened == b"tea at four\n" else opened)
PY
venv/bin/python read.py >>got
cat got
cat >want <<'TXT'
age right recipient taken
age right identity taken
age other recipient refused
age other identity refused
age-encryption right recipient taken
age-encryption right identity taken
age-encryption other recipient refused
age-encryption other identity refused
pyrage right recipient taken
pyrage right identity taken
pyrage other recipient taken
pyrage other identity taken
TXT
diff want got && echo "As seen before."
