"""Makes an interface finish each packet itself: plain.py NAME. Else what is read from a cable has no checksums yet."""
import array
import fcntl
import socket
import struct
import sys

SIOCETHTOOL = 0x8946
TX_CHECKSUM, SEGMENTS_OF_TCP, SEGMENTS = 0x17, 0x1F, 0x24
end = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
for what in (SEGMENTS_OF_TCP, SEGMENTS, TX_CHECKSUM):
    value = array.array("B", struct.pack("II", what, 0))
    place = value.buffer_info()[0]
    try:
        fcntl.ioctl(end, SIOCETHTOOL, struct.pack("16sP", sys.argv[1].encode(), place))
    except OSError as error:
        print(f"{what:#x}: {error}", file=sys.stderr)
