#!/usr/bin/env python3
"""An SCTP client with nothing but Python's own socket module.

    sctp_client.py SERVER PORT [COUNT]

Sends COUNT messages, one every half second.
"""

import socket
import sys
import time

server, port = sys.argv[1], int(sys.argv[2])
count = int(sys.argv[3]) if len(sys.argv) > 3 else 3

with socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_SCTP) as client:
    client.connect((server, port))
    print(f"connected to {server}", flush=True)
    for number in range(1, count + 1):
        client.sendall(f"message {number}".encode())
        print(f"sent {number}", flush=True)
        time.sleep(0.5)
print("done", flush=True)
