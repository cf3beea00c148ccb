#!/bin/sh
# A JSON Schema that names its draft (2020-12), used by two tools for editors to
# check TOML.
#
# Guess: a tool reads a schema by the draft that it names, or says that it can't.
# Seen: tombi 1.9.6 does. taplo (npm 0.7.0) reads it as draft 7 and says nothing:
#   a tuple that is closed (prefixItems, items: false)   VALID files are refused
#   the type within a tuple, dependentRequired,          wrong files pass
#   unevaluatedProperties, minContains,
#   a maximum beside a $ref
# So a schema for people's editors keeps to what both drafts read alike.
#
# Needs: python3 with venv, node, npm. Exits 1 if this changes.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
export NO_COLOR=1
python3 -m venv venv
venv/bin/pip -q --disable-pip-version-check install tombi==1.9.6
echo '{"private":true}' >package.json
npm install --silent --no-audit --no-fund --save-exact @taplo/cli@0.7.0 >/dev/null
cat >schema.json <<'JSON'
{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "type": "object",
  "properties": {
    "pair": {
      "type": "array",
      "prefixItems": [{ "type": "integer" }, { "type": "string" }],
      "items": false
    },
    "together": { "type": "object", "dependentRequired": { "a": ["b"] }, "additionalProperties": true },
    "known": {
      "type": "object",
      "allOf": [{ "properties": { "a": {} } }],
      "unevaluatedProperties": false
    },
    "numbers": { "type": "array", "contains": { "type": "integer" }, "minContains": 2 },
    "small": { "$ref": "#/$defs/number", "maximum": 5 }
  },
  "$defs": { "number": { "type": "integer" } }
}
JSON
try() {
    printf '#:schema ./schema.json\n%s\n' "$2" >file.toml
    taplo=passes tombi=passes
    node_modules/.bin/taplo check --schema "file://$dir/schema.json" file.toml >/dev/null 2>&1 || taplo=refuses
    venv/bin/tombi lint --offline file.toml >/dev/null 2>&1 || tombi=refuses
    echo "$1: $2 - taplo $taplo, tombi $tombi"
}
{
    sed -n 's/^ *"version": "\(.*\)".*/npm @taplo\/cli \1/p' node_modules/@taplo/cli/package.json
    venv/bin/tombi --version | cut -d' ' -f1-2
    try valid 'pair = [1, "a"]'
    try valid 'together = { a = 1, b = 2 }'
    try valid 'known = { a = 1 }'
    try valid 'numbers = [1, 2]'
    try valid 'small = 5'
    try wrong 'together = { a = 1 }'
    try wrong 'known = { b = 1 }'
    try wrong 'numbers = [1]'
    try wrong 'small = 9'
    try wrong 'small = "a"'
} >got
cat got
cat >want <<'TXT'
npm @taplo/cli 0.7.0
tombi 1.9.6
valid: pair = [1, "a"] - taplo refuses, tombi passes
valid: together = { a = 1, b = 2 } - taplo passes, tombi passes
valid: known = { a = 1 } - taplo passes, tombi passes
valid: numbers = [1, 2] - taplo passes, tombi passes
valid: small = 5 - taplo passes, tombi passes
wrong: together = { a = 1 } - taplo passes, tombi refuses
wrong: known = { b = 1 } - taplo passes, tombi refuses
wrong: numbers = [1] - taplo passes, tombi refuses
wrong: small = 9 - taplo passes, tombi refuses
wrong: small = "a" - taplo refuses, tombi refuses
TXT
diff want got && echo "As seen before."
