"""A wire between two interfaces, with a delay and losses, that can be cut.

  wire.py ONE OTHER DELAY_MS LOSS_PERCENT

Lines on stdin: "set DELAY_MS LOSS_PERCENT", "cut", "mend", "count" (answers with what passed since the last count:
packets and bytes of IP, and the bytes within UDP). A kernel's own netem is not everywhere.
"""
import heapq
import json
import random
import select
import socket
import sys
import time

chance = random.Random(7)
names = sys.argv[1:3]
delay, loss = float(sys.argv[3]) / 1000, float(sys.argv[4]) / 100
ends = []
for name in names:
    end = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3))
    end.bind((name, 0))
    end.setblocking(False)
    ends.append(end)
whole = True
waiting, order = [], 0
passed = {"packets": 0, "bytes": 0, "payload": 0}


def note(frame):
    if frame[12:14] == b"\x08\x00" and frame[23] == 17:
        size = int.from_bytes(frame[16:18], "big")
        passed["packets"] += 1
        passed["bytes"] += size
        passed["payload"] += size - 28


def take(at):
    """Everything that waits at one end goes to the other, later."""
    global order
    for _ in range(64):
        try:
            frame, (_, _, kind, _, _) = ends[at].recvfrom(65535)
        except OSError:
            return
        if kind == socket.PACKET_OUTGOING or not whole:
            continue
        note(frame)
        if chance.random() >= loss:
            order += 1
            heapq.heappush(waiting, (time.monotonic() + delay, order, 1 - at, frame))


def obey(line):
    global delay, loss, whole
    words = line.split()
    if words[0] == "set":
        delay, loss = float(words[1]) / 1000, float(words[2]) / 100
    elif words[0] == "cut":
        whole = False
        waiting.clear()
    elif words[0] == "mend":
        whole = True
    elif words[0] == "count":
        print(json.dumps(passed), flush=True)
        passed.update(packets=0, bytes=0, payload=0)


print("ready", flush=True)
while True:
    pause = max(0, waiting[0][0] - time.monotonic()) if waiting else None
    for which in select.select([*ends, sys.stdin], [], [], pause)[0]:
        if which is sys.stdin:
            line = sys.stdin.readline()
            if not line:
                sys.exit()
            obey(line)
        else:
            take(ends.index(which))
    while waiting and waiting[0][0] <= time.monotonic():
        _, _, to, frame = heapq.heappop(waiting)
        try:
            ends[to].send(frame)
        except OSError:
            pass
