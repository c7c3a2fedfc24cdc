import asyncio

stanza = {}


def annuncia(testo, tranne=None):
    for scrittore in stanza:
        if scrittore is not tranne:
            scrittore.write(testo.encode() + b"\n")


async def cliente(lettore, scrittore):
    try:
        nome = (await lettore.readline()).decode().strip()
        if nome:
            annuncia(f"{nome} joined")
            stanza[scrittore] = nome
            scrittore.write(f"Welcome, {nome}\n".encode())
            while riga := await lettore.readline():
                testo = riga.decode().rstrip("\r\n")
                if testo == "/quit":
                    break
                annuncia(f"{nome}: {testo}", tranne=scrittore)
    except OSError:
        pass
    if scrittore in stanza:
        del stanza[scrittore]
        annuncia(f"{nome} left")
    scrittore.close()


async def main():
    server = await asyncio.start_server(cliente, port=7777)
    async with server:
        await server.serve_forever()


asyncio.run(main())
