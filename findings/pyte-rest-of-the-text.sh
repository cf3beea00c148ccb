#!/bin/sh
# Text with a sign in it that takes no cell, drawn by pyte, through which many
# tests of terminal programs see a screen: a stopwatch asked to be in colours
# (U+FE0F), a name with the marks that keep its direction, a Thai word.
#
# Guess: such a sign is left out, or added to the letter before it, as terminals
# do. (Its documentation: signs of no width do not affect the screen.)
# Seen, pyte 0.8.2: neither. The sign AND all the text behind it, up to the next
# control sequence or the end of what was fed, are not drawn; no error is raised:
#   what is fed                    what is on the screen
#   ⏱<U+FE0F> 5 min left           ⏱
#   I am <U+2068>Ada<U+2069>.      I am
#   สวัสดี 10:30                      สว
#   cafe<U+0301> 10:30             café 10:30, as guessed: only such accents are safe
# Fed one letter at a time, the text is there, though the sign is not.
# So a test that finds a text missing may be wrong, and one that makes sure that
# a text is NOT there may pass for this reason alone: feed pyte letter by letter.
#
# Needs: python3 with venv. Exits 1 if this changes.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
cat >draw.py <<'PY'
import importlib.metadata, pyte
texts = ("\u23f1 5 min left", "\u23f1\ufe0f 5 min left", "\u23f1\ufe0f\x1b[1m 5 min left",
         "I am \u2068Ada\u2069.", "na\u200bme", "\u0e2a\u0e27\u0e31\u0e2a\u0e14\u0e35 10:30",
         "\u0915\u094d\u0937\u093f 10:30", "cafe\u0301 10:30")
def shown(parts):
    screen = pyte.Screen(40, 2)
    stream = pyte.Stream(screen)
    for part in parts:
        stream.feed(part)
    return screen.display[0].rstrip()
print("pyte", importlib.metadata.version("pyte"), "wcwidth", importlib.metadata.version("wcwidth"))
for text in texts:
    print(ascii(text), "at once", ascii(shown([text])), "by letter", ascii(shown(text)))
PY
for version in 0.2.13 0.9.4; do
    venv/bin/pip -q --disable-pip-version-check install pyte==0.8.2 wcwidth==$version
    venv/bin/python draw.py
done >got
cat got
cat >want <<'TXT'
pyte 0.8.2 wcwidth 0.2.13
'\u23f1 5 min left' at once '\u23f1 5 min left' by letter '\u23f1 5 min left'
'\u23f1\ufe0f 5 min left' at once '\u23f1' by letter '\u23f1 5 min left'
'\u23f1\ufe0f\x1b[1m 5 min left' at once '\u23f1 5 min left' by letter '\u23f1 5 min left'
'I am \u2068Ada\u2069.' at once 'I am' by letter 'I am Ada.'
'na\u200bme' at once 'na' by letter 'name'
'\u0e2a\u0e27\u0e31\u0e2a\u0e14\u0e35 10:30' at once '\u0e2a\u0e27' by letter '\u0e2a\u0e27\u0e2a\u0e14 10:30'
'\u0915\u094d\u0937\u093f 10:30' at once '\u0915\u094d\u0937' by letter '\u0915\u094d\u0937 10:30'
'cafe\u0301 10:30' at once 'caf\xe9 10:30' by letter 'caf\xe9 10:30'
pyte 0.8.2 wcwidth 0.9.4
'\u23f1 5 min left' at once '\u23f1 5 min left' by letter '\u23f1 5 min left'
'\u23f1\ufe0f 5 min left' at once '\u23f1' by letter '\u23f1 5 min left'
'\u23f1\ufe0f\x1b[1m 5 min left' at once '\u23f1 5 min left' by letter '\u23f1 5 min left'
'I am \u2068Ada\u2069.' at once 'I am' by letter 'I am Ada.'
'na\u200bme' at once 'na' by letter 'name'
'\u0e2a\u0e27\u0e31\u0e2a\u0e14\u0e35 10:30' at once '\u0e2a\u0e27' by letter '\u0e2a\u0e27\u0e2a\u0e14 10:30'
'\u0915\u094d\u0937\u093f 10:30' at once '\u0915\u094d\u0937' by letter '\u0915\u094d\u0937 10:30'
'cafe\u0301 10:30' at once 'caf\xe9 10:30' by letter 'caf\xe9 10:30'
TXT
diff want got && echo "As seen before."
