"""Talks plain text with a server, as a stranger's script does: argv[1] is the address, stdin the lines to send, stdout what comes
back. Then it sends bytes that are no text, and asks to be closed ({"type": "close"} where the address asks for JSON)."""

import asyncio
import sys

import websockets


async def main(address):
    async with websockets.connect(address) as socket:
        print(await socket.recv(), flush=True)
        for line in sys.stdin.read().splitlines():
            await socket.send(line)
            print(await socket.recv(), flush=True)
        await socket.send(b"\xff")
        print(await socket.recv(), flush=True)
        await socket.send('{"type": "close"}' if "format=json" in address else "close")
        try:
            await socket.recv()
        except websockets.ConnectionClosed as closed:
            print(closed.rcvd.code, closed.rcvd.reason, flush=True)


asyncio.run(main(sys.argv[1]))
