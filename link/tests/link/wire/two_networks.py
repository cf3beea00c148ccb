"""Runs a command with two links on networks of their own:

  two_networks.py [--delay MS] [--loss PERCENT] -- COMMAND ...
  two_networks.py --relay RELAY_PROGRAM -- COMMAND ...

Between both networks is a third: a wire that is slow and loses packets, or, with --relay, nothing but a relay that both
see. The command finds in LINKS, as a JSON list, how the link is started on each side (ALONGSIDE_LINK names it), in WIRES
how the wire is spoken to, and in RELAY the relay's address. Needs root, `ip` and Linux; elsewhere it says so and ends
well.
"""
import argparse
import json
import os
import pathlib
import subprocess
import sys

here = pathlib.Path(__file__).resolve().parent
words = argparse.ArgumentParser()
words.add_argument("--delay", default="0")
words.add_argument("--loss", default="0")
words.add_argument("--relay")
words.add_argument("command", nargs="+")
asked = words.parse_args()
name = f"at{os.getpid() % 100000}"
link = os.environ.get("ALONGSIDE_LINK", "alongside-link")
made, running = [], []


def ip(line, must=True):
    done = subprocess.run(["ip", *line.split()], capture_output=True, text=True)
    if must and done.returncode:
        raise OSError(f"ip {line}: {done.stderr.strip()}")
    return done.returncode == 0


def within(which, line):
    ip(f"-n {name}{which} {line}")


def cable(which, address, end):
    ip(f"link add eth0 netns {name}{which} type veth peer name {end} netns {name}m")
    within(which, f"addr add {address} dev eth0")
    within(which, "link set eth0 up")
    within("m", f"link set {end} up")
    plain = ["ip", "netns", "exec", name + which, sys.executable, str(here / "plain.py"), "eth0"]
    subprocess.run(plain, check=True)


def start(which, *command, **more):
    running.append(
        subprocess.Popen(["ip", "netns", "exec", name + which, *command], stdout=subprocess.PIPE, **more)
    )
    running[-1].stdout.readline()


def run():
    surroundings = dict(os.environ)
    for which in "abm":
        ip(f"netns add {name}{which}")
        made.append(name + which)
        within(which, "link set lo up")
    if asked.relay:
        for which, net, end in (("a", 1, "one"), ("b", 2, "two")):
            cable(which, f"10.78.{net}.2/24", end)
            within("m", f"addr add 10.78.{net}.1/24 dev {end}")
            within(which, f"route add default via 10.78.{net}.1")
        within("m", "addr add 10.78.9.9/32 dev lo")
        start("m", asked.relay, "0.0.0.0:3340")
        surroundings["RELAY"] = "http://10.78.9.9:3340"
    else:
        cable("a", "10.77.0.1/24", "one")
        cable("b", "10.77.0.2/24", "two")
        start("m", sys.executable, str(here / "wire.py"), "one", "two", asked.delay, asked.loss, stdin=subprocess.PIPE)
        surroundings["WIRES"] = f"/proc/{os.getpid()}/fd/{running[-1].stdin.fileno()}"
    links = [f"ip netns exec {name}{which} {link}" for which in "ab"]
    surroundings["LINKS"] = json.dumps(links)
    return subprocess.run(asked.command, env=surroundings).returncode


if not (os.name == "posix" and os.geteuid() == 0 and ip("netns list", must=False)):
    print("Not tried: this needs root and `ip netns`.")
    sys.exit(0)
try:
    code = run()
finally:
    for one in running:
        one.kill()
    for one in made:
        ip(f"netns del {one}", must=False)
sys.exit(code)
