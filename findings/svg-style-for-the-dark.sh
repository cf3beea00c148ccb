#!/bin/sh
# A picture (SVG) with other colours where it is dark, in the two ways that SVG
# and CSS have for it: a block @media (prefers-color-scheme: dark) { ... } within
# its style, or a second style with media="(prefers-color-scheme: dark)".
#
# Guess: both mean the same; what cannot tell dark from light leaves those rules
# out, so that the picture has its light colours. media="print" is for paper.
# Seen: so it is with the block. The attribute is not looked at by any of four:
# the picture is dark for everybody, and the one for paper is on the screen.
#                                   block   attribute   media="print"
#   resvg 2.6.2 (npm resvg-js)      light   dark        as on paper
#   librsvg 2.63.2 (sharp 0.35.5)   light   dark        as on paper
#   CairoSVG 2.9.1                  light   dark        as on paper
#   svglib 2.3.2                    light   dark        as on paper
# So the colours for the dark stand in a block, behind those for the light.
#
# Needs: python3 (3.10 or later) with venv, the library libcairo2, node, npm.
# Exits 1 if this changes.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip -q --disable-pip-version-check install \
    CairoSVG==2.9.1 svglib==2.3.2 pillow==13.0.0
echo '{"private":true}' >package.json
npm install --silent --no-audit --no-fund --save-exact \
    @resvg/resvg-js@2.6.2 sharp@0.35.5 >/dev/null

# One square of ten by ten: light is blue, dark and paper are red.
picture() {
    printf '%s\n' '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10">' \
        "$1" '<rect class="a" width="10" height="10"/></svg>'
}
light='<style>.a { fill: #0000ff }'
dark='.a { fill: #ff0000 }'
picture "$light @media (prefers-color-scheme: dark) { $dark }</style>" >block.svg
picture "$light</style><style media=\"(prefers-color-scheme: dark)\">$dark</style>" >attribute.svg
picture "$light</style><style media=\"print\">$dark</style>" >print.svg

cat >draw.mjs <<'JS'
import { readFileSync } from "node:fs";
import { Resvg } from "@resvg/resvg-js";
import sharp from "sharp";
const version = (name) =>
  JSON.parse(readFileSync(`node_modules/${name}/package.json`)).version;
const say = (lib, name, pixels) =>
  console.log(lib, name, pixels.subarray(0, 3).toString("hex"));
for (const name of ["block", "attribute", "print"]) {
  const text = readFileSync(`${name}.svg`);
  say(`resvg-js ${version("@resvg/resvg-js")}`, name,
    new Resvg(text.toString()).render().pixels);
  say(`sharp ${version("sharp")} librsvg ${sharp.versions.rsvg}`, name,
    await sharp(text).raw().toBuffer());
}
JS
cat >draw.py <<'PY'
import importlib.metadata, io, cairosvg
from PIL import Image
from svglib.svglib import svg2rlg
def squares(shape):
    if hasattr(shape, "fillColor"):
        yield shape.fillColor
    for part in getattr(shape, "contents", ()):
        yield from squares(part)
for name in ("block", "attribute", "print"):
    png = cairosvg.svg2png(url=name + ".svg")
    red, green, blue = Image.open(io.BytesIO(png)).convert("RGB").getpixel((5, 5))
    print("CairoSVG", importlib.metadata.version("CairoSVG"), name, f"{red:02x}{green:02x}{blue:02x}")
    colour, = squares(svg2rlg(name + ".svg"))
    print("svglib", importlib.metadata.version("svglib"), name, colour.hexval()[2:])
PY
{ node draw.mjs; venv/bin/python draw.py; } >got
LC_ALL=C sort got -o got
cat got
cat >want <<'TXT'
CairoSVG 2.9.1 attribute ff0000
CairoSVG 2.9.1 block 0000ff
CairoSVG 2.9.1 print ff0000
resvg-js 2.6.2 attribute ff0000
resvg-js 2.6.2 block 0000ff
resvg-js 2.6.2 print ff0000
sharp 0.35.5 librsvg 2.63.2 attribute ff0000
sharp 0.35.5 librsvg 2.63.2 block 0000ff
sharp 0.35.5 librsvg 2.63.2 print ff0000
svglib 2.3.2 attribute ff0000
svglib 2.3.2 block 0000ff
svglib 2.3.2 print ff0000
TXT
diff want got && echo "As seen before."
