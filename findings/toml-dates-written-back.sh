#!/bin/sh
# A valid TOML 1.0 date read by a library and written back by the same one.
#
# Guess: the text may change (fractions, the letter between date and time), but
# the moment stays the same and the library can read what it wrote.
# Seen: neither holds.
#   toml 0.10.2 (Python)      ...T07:32:00Z keeps its zone; with a small z, as
#                             valid, it silently becomes a local time without one
#   @iarna/toml 3.0.0 (npm)   reads 0999-12-31, writes 999-12-31, and then
#                             refuses its own line
# So a date that passes through another program is not the date that was put in.
#
# Needs: python3 with venv, node, npm. Exits 1 if this changes.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip -q --disable-pip-version-check install toml==0.10.2
echo '{"private":true}' >package.json
npm install --silent --no-audit --no-fund --save-exact @iarna/toml@3.0.0 >/dev/null
cat >again.py <<'PY'
import toml
print("toml", toml.__version__)
for text in ("1979-05-27T07:32:00Z", "1979-05-27T07:32:00z"):
    value = toml.loads("a = " + text)["a"]
    print(text, "offset", value.utcoffset(), "written", toml.dumps({"a": value}).strip())
PY
cat >again.mjs <<'JS'
import { readFileSync } from "node:fs";
import toml from "@iarna/toml";
const about = JSON.parse(readFileSync("node_modules/@iarna/toml/package.json"));
console.log(about.name, about.version);
for (const text of ["1000-12-31", "0999-12-31"]) {
  const written = toml.stringify(toml.parse(`a = ${text}`)).trim();
  let again = "read again";
  try { toml.parse(written); } catch { again = "refused"; }
  console.log(text, "written", written, again);
}
JS
{ venv/bin/python again.py; node again.mjs; } >got
cat got
cat >want <<'TXT'
toml 0.10.2
1979-05-27T07:32:00Z offset 0:00:00 written a = 1979-05-27T07:32:00Z
1979-05-27T07:32:00z offset None written a = 1979-05-27T07:32:00
@iarna/toml 3.0.0
1000-12-31 written a = 1000-12-31 read again
0999-12-31 written a = 999-12-31 refused
TXT
diff want got && echo "As seen before."
