#!/bin/sh
# What espeak-ng says of a countdown that ran over, and of a range of numbers.
# Shown as the phonemes it would speak; no sound is made.
#
# Guess: the plain minus of "-1:30" is the safe one, said in every language, and
# the typographic minus (U+2212) is the risky one. In "10–12" the en dash is
# said as "dash", the plain hyphen of "10-12" is passed over.
# Seen, espeak-ng 1.52.0: all of that the other way round.
#   French   "-1:30" is spoken exactly like "1:30": a countdown past its end
#            sounds like one still before it. U+2212 is spoken, though by an
#            English voice switched in for that one word.
#   English  "10-12" is "ten dash twelve", "10–12" is "ten twelve".
# So a time that ran over says so in a word, not with a sign.
#
# Needs: python3 with venv. Exits 1 if this changes.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip -q --disable-pip-version-check install espeakng-loader==0.2.4
cat >say.py <<'PY'
import ctypes, espeakng_loader
lib = ctypes.CDLL(espeakng_loader.get_library_path())
lib.espeak_Info.restype = lib.espeak_TextToPhonemes.restype = ctypes.c_char_p
retrieval, utf8, ipa = 1, 1, 2
if lib.espeak_Initialize(retrieval, 0, espeakng_loader.get_data_path().encode(), 0) < 0:
    raise SystemExit("espeak-ng does not start")
print("espeak-ng", lib.espeak_Info(None).decode())
def say(voice, text):
    lib.espeak_SetVoiceByName(voice.encode())
    buffer = ctypes.create_string_buffer(text.encode())
    rest, said = ctypes.c_void_p(ctypes.addressof(buffer)), []
    while rest.value:
        said.append((lib.espeak_TextToPhonemes(ctypes.byref(rest), utf8, ipa) or b"").decode())
    print(f"{voice} {text} [{' '.join(said)}]")
for text in ("1:30", "-1:30", "\u22121:30"):
    say("fr", text)
for text in ("-1:30", "10-12", "10\u201312"):
    say("en", text)
PY
PYTHONIOENCODING=utf-8 venv/bin/python say.py >got
cat got
cat >want <<'TXT'
espeak-ng 1.52.0
fr 1:30 [ˈœ̃ ˈœʁ tʁˈɑ̃t]
fr -1:30 [ˈœ̃ ˈœʁ tʁˈɑ̃t]
fr −1:30 [(en)mˈaɪnəs(fr) ˈœ̃ ˈœʁ tʁˈɑ̃t]
en -1:30 [mˈaɪnəs wˈɒn θˈɜːti]
en 10-12 [tˈɛn dˈaʃ twˈɛlv]
en 10–12 [tˈɛn twˈɛlv]
TXT
diff want got && echo "As seen before."
