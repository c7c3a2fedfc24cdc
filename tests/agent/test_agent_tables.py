"""Socket tables, netlink answers and lsof's words as values; all text is a real capture."""

from __future__ import annotations

import socket
import sys

import pytest

from grader.agent import lsof, procnet, sockdiag
from grader.agent.tables import Tables

TCP = """\
  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:3A99 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 643624 1 000000002f90ff42 100 0 0 10 0
   1: 0100007F:E092 0100007F:3A9A 01 00000000:00000000 00:00000000 00000000     0        0 643629 2 00000000d8d35267 20 0 0 10 -1
   3: 0100007F:3A99 0100007F:A698 01 00000000:00000005 00:00000000 00000000  1000        0 643632 1 00000000ca5f6159 20 4 30 10 -1
   4: 0100007F:3A99 0100007F:A69A 06 00000000:00000000 03:000016DF 00000000     0        0 0 3 000000001f90ff42
"""  # noqa: E501
TCP6 = """\
  sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 00000000000000000000000000000000:3A9A 00000000000000000000000000000000:0000 0A 00000000:00000002 00:00000000 00000000     0        0 643626 3 00000000fef10c45 100 0 0 10 0
   1: 0000000000000000FFFF00000100007F:3A9A 0000000000000000FFFF00000100007F:E092 01 00000003:00000000 00:00000000 00000000     0        0 0 1 00000000cd21bd85 20 0 0 10 -1
   2: 00000000000000000000000001000000:AEF2 00000000000000000000000001000000:3A9A 01 00000000:00000000 00:00000000 00000000     0        0 643628 2 0000000069063b54 20 0 0 10 -1
"""  # noqa: E501
UDP = """\
   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops
10559: 00000000:3A9B 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 643630 2 00000000406e7d2e 0
"""  # noqa: E501
SOCKSTAT = """\
sockets: used 10
TCP: inuse 4 orphan 0 tw 0 alloc 12 mem 0
UDP: inuse 1 mem 0
TCP6: inuse 3
UDP6: inuse 1
"""
SOFTNET = """\
0000c7da 00000000 00000001 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000
00014dc2 00000000 00000003 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 0000000a 00000001 00000000 00000000
"""  # noqa: E501
DIAG_TCP6 = (
    "0a0a00003a9a00000000000000000000000000000000000000000000000000000000000000000000000000"
    "00e621000000000000000000000200000080000000000000002ad20900050008000000000005000b0000"
)
LSOF = """\
p25628
g25628
f3
tIPv4
PTCP
n127.0.0.1:15001
TST=LISTEN
TQR=1
TQS=0
f4
tIPv6
PTCP
n*:15002
TST=LISTEN
f5
tIPv6
PUDP
n[::1]:15003
f6
tIPv4
PUDP
n127.0.0.1:58033->127.0.0.1:15003
TQR=0
f7
tIPv4
PTCP
n127.0.0.1:33948->127.0.0.1:15001
TST=ESTABLISHED
p9
g9
f3
tIPv4
PTCP
n*:80
TST=LISTEN
"""


def test_tcp_table() -> None:
    listener, client, server, waiting = procnet.parse_table(TCP, "tcp")
    assert (listener.transport, listener.host, listener.port) == ("tcp", "127.0.0.1", 15001)
    assert (listener.state, listener.inode) == (procnet.LISTEN, 643624)
    assert (client.port, client.remote_host, client.remote_port) == (57490, "127.0.0.1", 15002)
    assert (server.unread, server.unsent, server.uid) == (5, 0, 1000)
    assert waiting.state == procnet.TIME_WAIT
    assert [procnet.lingers(entry) for entry in (listener, client, server, waiting)] == [False] * 4


def test_ipv6_tables() -> None:
    listener, mapped, plain = procnet.parse_table(TCP6, "tcp6")
    assert (listener.host, listener.unread, listener.transport) == ("::", 2, "tcp")
    assert (mapped.host, mapped.unsent, mapped.inode) == ("127.0.0.1", 3, 0)
    assert (plain.host, plain.remote_port) == ("::1", 15002)
    assert procnet.lingers(mapped)


def test_bound_is_what_others_can_reach() -> None:
    tables = {"tcp": TCP, "tcp6": TCP6, "udp": UDP, "udp6": ""}
    found = {(entry.transport, entry.host, entry.port) for entry in procnet.bound(tables)}
    assert found == {
        ("tcp", "127.0.0.1", 15001),
        ("tcp", "::", 15002),
        ("udp", "0.0.0.0", 15003),
    }


def test_connections_that_are_still_being_made() -> None:
    *_, server, waiting = procnet.parse_table(TCP, "tcp")
    client = server.replace(port=42648, remote_port=15001, unsent=5)
    assert procnet.half_open([server, waiting]) == set()
    assert procnet.half_open([server, client]) == set()
    assert procnet.half_open([client]) == {15001}
    assert procnet.half_open([client.replace(state=procnet.SYN_SENT)]) == {15001}
    assert procnet.half_open([server.replace(state=procnet.SYN_RECV)]) == {15001}


def test_bytes_on_their_way_to_us() -> None:
    *_, server, _ = procnet.parse_table(TCP, "tcp")
    unsent = server.replace(unsent=5)
    programs, nobody = frozenset({server.inode}), frozenset[int]()

    def on_their_way(entry: procnet.Entry, mine: frozenset[int], *held: int) -> bool:
        return procnet.on_their_way([entry], mine, frozenset(held), orphans=True)

    assert on_their_way(unsent, programs)
    assert not on_their_way(server, programs)
    assert not on_their_way(unsent, nobody)
    assert not on_their_way(unsent, programs, unsent.remote_port)
    assert on_their_way(unsent.replace(inode=0), nobody)
    other = server.replace(port=unsent.remote_port, remote_port=unsent.port, inode=7)
    among = frozenset({server.inode, 7})
    assert not procnet.on_their_way([unsent, other], among, nobody, orphans=True)
    assert not procnet.on_their_way([unsent.replace(inode=0)], nobody, nobody, orphans=False)


def test_counts_of_sockets_and_packets() -> None:
    assert procnet.parse_in_use(SOCKSTAT) == 7
    assert procnet.parse_backlog(SOFTNET) == 10
    assert procnet.parse_backlog("0000c7da 00000000 00000001\n") is None
    assert procnet.parse_backlog("") is None


def test_a_netlink_answer() -> None:
    entry = sockdiag.parse(bytes.fromhex(DIAG_TCP6), "tcp")
    assert (entry.host, entry.port, entry.state) == ("::", 15002, procnet.LISTEN)
    assert (entry.unread, entry.unsent, entry.inode) == (2, 128, 643626)


def test_netlink_messages_are_split() -> None:
    body = bytes.fromhex(DIAG_TCP6)
    header = sockdiag._HEADER
    one = header.pack(header.size + len(body), 20, 2, 1, 0) + body + b"\0" * (-len(body) % 4)
    done = header.pack(header.size, 3, 2, 1, 0)
    assert sockdiag.split(one + one) == ([body, body], False)
    assert sockdiag.split(one + done + one) == ([body], True)
    assert sockdiag.split(b"") == ([], False)
    with pytest.raises(sockdiag.RefusedError):
        sockdiag.split(header.pack(header.size, 2, 0, 1, 0))


def test_lsof_words() -> None:
    assert lsof.parse(LSOF, {25628: "server"}) == {
        ("server", "tcp", "127.0.0.1", 15001),
        ("server", "tcp", "::", 15002),
        ("server", "udp", "::1", 15003),
        ("server", "udp", "127.0.0.1", 58033),
    }
    assert lsof.parse("", {}) == set()


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such tables")
@pytest.mark.parametrize("netlink", [True, False])
def test_both_ways_to_ask_agree(netlink: bool) -> None:  # noqa: FBT001
    tables = Tables()
    if not netlink:
        tables.close()
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        socket.create_connection(listener.getsockname()) as client,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as datagrams,
    ):
        datagrams.bind(("127.0.0.1", 0))
        client.sendall(b"hello")
        ports = {(entry.transport, entry.port) for entry in tables.bound()}
        assert ("tcp", listener.getsockname()[1]) in ports
        assert ("udp", datagrams.getsockname()[1]) in ports
        found = tables.find(listener.getsockname(), client.getsockname())
        assert found is not None
        assert (found.unread, found.remote_port) == (5, client.getsockname()[1])
        assert tables.find(("127.0.0.1", 1), ("127.0.0.1", 2)) is None
    tables.close()
