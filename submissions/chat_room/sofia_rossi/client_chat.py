import asyncio
import sys


async def stampa(lettore):
    while riga := await lettore.readline():
        print(riga.decode().rstrip())


async def main():
    loop = asyncio.get_running_loop()
    lettore, scrittore = await asyncio.open_connection("127.0.0.1", 7777)
    print("Nome: ", end="", flush=True)
    compito = asyncio.create_task(stampa(lettore))
    while True:
        riga = await loop.run_in_executor(None, sys.stdin.readline)
        scrittore.write(riga.encode())
        await scrittore.drain()
        if riga.strip() in ("/quit", ""):
            break
    compito.cancel()
    scrittore.close()


asyncio.run(main())
