#!/bin/sh
# The same text as the title and as the body of a desktop notification, sent with
# notify-send; seen by a small server that takes it from the bus.
#
# Guess: both arrive as they were given. If anything in them is special it is
# markup (<b>, &amp;), which the specification has for the body.
# Seen, notify-send 0.8.1 (Debian 0.8.1-1): the title arrives as given, and so does
# markup in both; the body is read once more, like a text in C:
#   C:\new\tea   C:, a new line, ew, a tab, ea
#   \o/          o/
#   a\101b       aAb
# Neither --help nor the page of the manual says so. So each backslash of a body
# is doubled first, or the text goes over the bus without notify-send.
#
# Needs: Debian 12, apt-get (after an apt-get update), python3 with venv, the
# libraries libglib2.0-0 and libgdk-pixbuf-2.0-0. Nothing gets installed.
# Exits 1 if this changes, 2 if another version is on offer.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
for package in libnotify-bin libnotify4; do
    offered=$(apt-cache policy "$package" | sed -n 's/^ *Candidate: //p')
    echo "$package $offered"
    [ "$offered" = 0.8.1-1 ] || { echo "another version: not tried"; exit 2; }
    apt-get -qq download "$package=$offered" 2>/dev/null
done
# A bus of our own to send it over.
apt-get -qq download dbus-daemon dbus-bin dbus-session-bus-common libdbus-1-3 libapparmor1 2>/dev/null
for deb in *.deb; do dpkg-deb -x "$deb" tree; done
python3 -m venv venv
venv/bin/pip -q --disable-pip-version-check install dbus-next==0.2.3
LD_LIBRARY_PATH=$(echo "$dir"/tree/usr/lib/*-linux-gnu*)
export LD_LIBRARY_PATH LC_ALL=C.UTF-8
cat >bus.conf <<XML
<busconfig>
  <type>session</type>
  <listen>unix:path=$dir/bus</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
XML
cat >server.py <<'PY'
import asyncio
from dbus_next.aio import MessageBus
from dbus_next.service import ServiceInterface, method
texts = ("plain", "tea & cake", "<b>tea</b>", r"C:\new\tea", r"\o/", r"a\101b", r"C:\\new")
class Notifications(ServiceInterface):
    @method()
    def GetServerInformation(self) -> "ssss":
        return ["findings", "findings", "1", "1.2"]
    @method()
    def GetCapabilities(self) -> "as":
        return ["body"]
    @method()
    def Notify(self, program: "s", replaces: "u", icon: "s", title: "s", body: "s",
               actions: "as", hints: "a{sv}", expires: "i") -> "u":
        print(f"title {title!r} body {body!r}", flush=True)
        return 1
async def main():
    bus = await MessageBus().connect()
    bus.export("/org/freedesktop/Notifications", Notifications("org.freedesktop.Notifications"))
    await bus.request_name("org.freedesktop.Notifications")
    for text in texts:
        sent = await asyncio.create_subprocess_exec("tree/usr/bin/notify-send", text, text)
        await asyncio.wait_for(sent.wait(), 20)
asyncio.run(main())
PY
tree/usr/bin/dbus-daemon --config-file=bus.conf --nofork --nopidfile 2>bus.log &
bus=$!
trap 'kill $bus; rm -rf "$dir"' EXIT
n=0
until [ -S bus ] || [ $n = 100 ]; do sleep 0.1; n=$((n + 1)); done
DBUS_SESSION_BUS_ADDRESS=unix:path=$dir/bus PYTHONIOENCODING=utf-8 \
    timeout 60 venv/bin/python server.py >got
cat got
cat >want <<'TXT'
title 'plain' body 'plain'
title 'tea & cake' body 'tea & cake'
title '<b>tea</b>' body '<b>tea</b>'
title 'C:\\new\\tea' body 'C:\new\tea'
title '\\o/' body 'o/'
title 'a\\101b' body 'aAb'
title 'C:\\\\new' body 'C:\\new'
TXT
diff want got && echo "As seen before."
