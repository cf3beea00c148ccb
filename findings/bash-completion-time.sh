#!/bin/sh
# A program whose arguments clap_complete completes while it is asked (its dynamic
# engine), in bash. It takes a time and a name out of two: `tool --at 19:30 NAME`.
#
# Guess: once `--at 19:30` stands there, Tab completes the name as it does behind
# `--at 19`.
# Seen, clap 4.6.7, clap_complete 4.6.12, bash 5: behind `--at 19` the name is
# completed; behind `--at 19:30` and `--at=19` nothing is, whatever is typed. bash
# gives a completion its words taken apart at : and = (COMP_WORDBREAKS), so that
# the engine sees the arguments 19 : 30, which are too many; the script that it
# prints for bash does not put them together.
#
# Needs: cargo, bash, python3. Exits 1 if this changes, 2 if it can't be had.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
mkdir src home
cat >Cargo.toml <<'TXT'
[package]
name = "tool"
version = "0.0.0"
edition = "2021"
[dependencies]
clap = { version = "=4.6.7", features = ["derive"] }
clap_complete = { version = "=4.6.12", features = ["unstable-dynamic"] }
TXT
cat >src/main.rs <<'TXT'
use clap::{CommandFactory, Parser, ValueEnum};
#[derive(Clone, ValueEnum)]
enum Name { Alder, Birch }
#[derive(Parser)]
struct Args { #[arg(long)] at: Option<String>, name: Option<Name> }
fn main() {
    clap_complete::CompleteEnv::with_factory(Args::command).complete();
    Args::parse();
}
TXT
cargo build -q 2>log || { tail -5 log; exit 2; }
grep -A1 -E '^name = "clap(_complete)?"$' Cargo.lock | grep -v '^--'
bash --version | head -1
cat >tab.py <<'TXT'
import os, pty, select, sys, time
pid, fd = pty.fork()
if pid == 0:
    env = {"HOME": "home", "INPUTRC": "/dev/null", "TERM": "dumb", "PS1": "$ "}
    env["PATH"] = "target/debug:" + os.environ["PATH"]
    os.execvpe("bash", ["bash", "--norc", "--noprofile", "-i"], env)
def read(until):
    said, end = "", time.time() + 10
    while until not in said and time.time() < end:
        if select.select([fd], [], [], 0.1)[0]:
            said += os.read(fd, 65536).decode()
    return said
read("$ ")
os.write(fd, b'source <(COMPLETE=bash tool); echo re""ady\n')
read("ready\r\n$ ")
for line in ["tool --at 19 al", "tool --at 19:30 al", "tool --at=19 al"]:
    os.write(fd, line.encode() + b"\t")
    # A bell, or the rest of the name and a space.
    said = read("\a") if ":" in line or "=" in line else read("alder ")
    print(line, "->", "nothing" if "\a" in said else said.strip())
    os.write(fd, b"\x15")
    time.sleep(0.2)
    while select.select([fd], [], [], 0.2)[0]:
        os.read(fd, 65536)
os.write(fd, b"exit\n")
TXT
python3 tab.py >got
cat got
cat >want <<'TXT'
tool --at 19 al -> tool --at 19 alder
tool --at 19:30 al -> nothing
tool --at=19 al -> nothing
TXT
diff want got && echo "As seen before."
