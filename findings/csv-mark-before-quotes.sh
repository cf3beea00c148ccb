#!/bin/sh
# A table (CSV) as it is written for spreadsheets: in UTF-8 with the mark for it
# in front (EF BB BF), every field in quotes, and a comma within the first name:
#   "step, place","lasts"
#   "walk, slow","1:30"
#
# Guess: readers pass over the mark, or, an old flaw, it sticks to the first name;
# the rows below are read as they are without it.
# Seen: behind the mark the first quote is no quote any more.
#   DuckDB 2.0.1           then takes no quote in the WHOLE file for one: three
#                          columns, quotes and all, without a warning
#   csv (Python, "utf-8"), three names over two fields: "1:30" stands under the
#   d3-dsv 3.0.2           second half of the first name
#   csv-parser 3.2.1       the mark and the quotes stick to the name
#   csv-parse 7.0.3        refuses the file, unless told of the mark
#   papaparse 5.7.1        passes over the mark, as guessed
# Without the mark all six are right.
# So a table with the mark has a first name that needs no quotes and gets none:
# then the same two rows are read rightly, or with a mark in the first name.
#
# Needs: python3 with venv, node, npm. Exits 1 if this changes.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip -q --disable-pip-version-check install duckdb==2.0.1
echo '{"private":true}' >package.json
npm install --silent --no-audit --no-fund --save-exact \
    d3-dsv@3.0.2 csv-parser@3.2.1 csv-parse@7.0.3 papaparse@5.7.1 >/dev/null

printf '"step, place","lasts"\r\n"walk, slow","1:30"\r\n' >none.csv
{ printf '\357\273\277'; cat none.csv; } >mark.csv
printf '\357\273\277step,"lasts"\r\n"walk, slow","1:30"\r\n' >bare.csv

cat >read.py <<'PY'
import csv, duckdb
for name in ("none", "mark", "bare"):
    with open(name + ".csv", encoding="utf-8", newline="") as file:
        print(name, "csv", *csv.reader(file), sep=" | ")
    table = duckdb.sql(f"from read_csv('{name}.csv', all_varchar = true)")
    print(name, "DuckDB", duckdb.__version__, table.columns,
          *map(list, table.fetchall()), sep=" | ")
PY
cat >read.mjs <<'JS'
import { createReadStream, readFileSync } from "node:fs";
import { csvParseRows } from "d3-dsv";
import { parse } from "csv-parse/sync";
import parser from "csv-parser";
import papa from "papaparse";
const say = (...parts) => console.log(parts.map((part) =>
  typeof part === "string" ? part : JSON.stringify(part).replace("\ufeff", "\\ufeff")).join(" | "));
for (const name of ["none", "mark", "bare"]) {
  const text = readFileSync(`${name}.csv`, "utf8");
  say(name, "d3-dsv", ...csvParseRows(text));
  let rows;
  try { rows = parse(text); } catch (error) { rows = [error.code]; }
  say(name, "csv-parse", ...rows);
  say(name, "papaparse", ...papa.parse(text, { skipEmptyLines: true }).data);
  for await (const row of createReadStream(`${name}.csv`).pipe(parser()))
    say(name, "csv-parser", row);
}
JS
{ PYTHONIOENCODING=utf-8 venv/bin/python read.py; node read.mjs; } >got
LC_ALL=C sort got -o got
cat got
cat >want <<'TXT'
bare | DuckDB | 2.0.1 | ['step', 'lasts'] | ['walk, slow', '1:30']
bare | csv | ['\ufeffstep', 'lasts'] | ['walk, slow', '1:30']
bare | csv-parse | ["\ufeffstep","lasts"] | ["walk, slow","1:30"]
bare | csv-parser | {"\ufeffstep":"walk, slow","lasts":"1:30"}
bare | d3-dsv | ["\ufeffstep","lasts"] | ["walk, slow","1:30"]
bare | papaparse | ["step","lasts"] | ["walk, slow","1:30"]
mark | DuckDB | 2.0.1 | ['"step', 'place"', '"lasts"'] | ['"walk', ' slow"', '"1:30"']
mark | csv | ['\ufeff"step', ' place"', 'lasts'] | ['walk, slow', '1:30']
mark | csv-parse | INVALID_OPENING_QUOTE
mark | csv-parser | {"\ufeff\"step, place\"":"walk, slow","lasts":"1:30"}
mark | d3-dsv | ["\ufeff\"step"," place\"","lasts"] | ["walk, slow","1:30"]
mark | papaparse | ["step, place","lasts"] | ["walk, slow","1:30"]
none | DuckDB | 2.0.1 | ['step, place', 'lasts'] | ['walk, slow', '1:30']
none | csv | ['step, place', 'lasts'] | ['walk, slow', '1:30']
none | csv-parse | ["step, place","lasts"] | ["walk, slow","1:30"]
none | csv-parser | {"step, place":"walk, slow","lasts":"1:30"}
none | d3-dsv | ["step, place","lasts"] | ["walk, slow","1:30"]
none | papaparse | ["step, place","lasts"] | ["walk, slow","1:30"]
TXT
diff want got && echo "As seen before."
