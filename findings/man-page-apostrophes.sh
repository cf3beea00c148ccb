#!/bin/sh
# A page of the manual whose apostrophes are written with a string of its own,
# the way that pod2man and clap_mangen write them so that they come out straight:
#   .ie \n(.g .ds Aq \(aq
#   .el .ds Aq '
#   don\*(Aqt
#
# Guess: pandoc, which reads man pages (-f man), shows them, or shows at least
# the raw \*(Aq; mandoc, which is strict, is the one to stumble.
# Seen: mandoc 1.14.6 shows every one. pandoc 3.9 takes them out without a
# warning: "don't" is "dont", and the command  tool 'two words'  that somebody
# copies from the page is  tool two words,  another command.
# So pages for the web are made by mandoc -T html, or from the source.
#
# Needs: Debian 12, apt-get (after an apt-get update), python3 with venv.
# Nothing gets installed. Exits 1 if this changes, 2 if another version is on offer.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
offered=$(apt-cache policy mandoc | sed -n 's/^ *Candidate: //p')
echo "mandoc $offered"
[ "$offered" = 1.14.6-1+b1 ] || { echo "another version: not tried"; exit 2; }
apt-get -qq download mandoc=1.14.6-1+b1 2>/dev/null
dpkg-deb -x mandoc_*.deb tree
python3 -m venv venv
venv/bin/pip -q --disable-pip-version-check install pypandoc_binary==1.17

cat >tool.1 <<'MAN'
.ie \n(.g .ds Aq \(aq
.el .ds Aq '
.TH tool 1
.SH NAME
tool \- don\*(Aqt worry
.SH EXAMPLES
\fBtool \*(Aqtwo words\*(Aq\fR
MAN
cat >read.py <<'PY'
import pypandoc
print("pandoc", pypandoc.get_pandoc_version())
print(pypandoc.convert_file("tool.1", "plain", format="man", extra_args=["--verbose"]))
PY
{
    tree/usr/bin/mandoc -T utf8 tool.1 | sed 's/.\x08//g; s/^ */mandoc: /' | grep -E 'worry|two'
    venv/bin/python read.py 2>&1 | grep -E 'worry|two|[Ww]arn|^pandoc'
} >got
cat got
cat >want <<'TXT'
mandoc: tool - don't worry
mandoc: tool 'two words'
pandoc 3.9
tool - dont worry
tool two words
TXT
diff want got && echo "As seen before."
