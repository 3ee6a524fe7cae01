#!/usr/bin/env python3
"""The naive broadcaster: one task a client, which writes each of its lines to every other client and
waits for each in turn. Here to be compared with, not to be used.

usage: asyncio_server.py PORT
"""

import asyncio
import resource
import sys

FILES = resource.getrlimit(resource.RLIMIT_NOFILE)[1]

writers = set()


async def serve(reader, writer):
    writers.add(writer)
    try:
        while line := await reader.readline():
            for other in list(writers):
                if other is not writer:
                    other.write(line)
                    await other.drain()
    except (ConnectionError, ValueError):
        pass
    finally:
        writers.discard(writer)
        writer.close()


async def main(port):
    server = await asyncio.start_server(serve, "127.0.0.1", port, backlog=4096)
    async with server:
        await server.serve_forever()


resource.setrlimit(resource.RLIMIT_NOFILE, (FILES, FILES))
asyncio.run(main(int(sys.argv[1])))
