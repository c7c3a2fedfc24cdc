import asyncio
import time


async def handle(reader, writer):
    peer = writer.get_extra_info("peername")
    try:
        while True:
            data = await reader.read(1024)
            message = data.decode()
            if message in ("", "quit"):
                break
            writer.write(message.upper().encode())
            await writer.drain()
            print(f"{time.strftime('%H:%M:%S')} {peer}: {message!r}")
    except ConnectionResetError:
        print(f"{peer} was reset")
    writer.close()


async def main():
    server = await asyncio.start_server(handle, "0.0.0.0", 50000)
    print("asyncio server, Ctrl-C to stop")
    async with server:
        await server.serve_forever()


asyncio.run(main())
