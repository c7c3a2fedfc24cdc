"""Addresses of others that this machine takes on: /32 on the loopback device, by rtnetlink(7).

Only in a network namespace of our own, with CAP_NET_ADMIN in it: the sidecar's agent has that, the
sandbox's has not. What is set replaces what was set before; addresses that others gave stay.
"""

from __future__ import annotations

import errno
import os
import socket
import struct

_RTM_NEWADDR, _RTM_DELADDR = 20, 21
_REQUEST_ACK = 0x1 | 0x4  # NLM_F_REQUEST | NLM_F_ACK
_HEADER = struct.Struct("=IHHII")  # length, type, flags, sequence, port
_ADDRESS = struct.Struct("=BBBBI")  # family, prefix length, flags, scope, interface
_ATTRIBUTE = struct.Struct("=HH")  # length, type
_IFA_ADDRESS, _IFA_LOCAL = 1, 2
_NLMSG_ERROR = 2


class Addresses:
    """The addresses we have put on the loopback device."""

    def __init__(self) -> None:
        self._ours: list[str] = []

    def set(self, wanted: list[str]) -> None:
        """Have just these; raises `OSError` and then has none of them."""
        for address in self._ours:
            if address not in wanted:
                _ask(_RTM_DELADDR, address, errno.EADDRNOTAVAIL)
        self._ours = [address for address in self._ours if address in wanted]
        try:
            for address in wanted:
                if address not in self._ours:
                    _ask(_RTM_NEWADDR, address, errno.EEXIST)
                    self._ours.append(address)
        except OSError:
            had, self._ours = self._ours, []
            for address in had:
                _ask(_RTM_DELADDR, address, errno.EADDRNOTAVAIL)
            raise


def message(kind: int, address: str, interface: int) -> bytes:
    """The request to add or remove one address."""
    packed = socket.inet_aton(address)
    body = _ADDRESS.pack(socket.AF_INET, 32, 0, 0, interface)
    for attribute in (_IFA_LOCAL, _IFA_ADDRESS):
        body += _ATTRIBUTE.pack(_ATTRIBUTE.size + len(packed), attribute) + packed
    return _HEADER.pack(_HEADER.size + len(body), kind, _REQUEST_ACK, 1, 0) + body


def _ask(kind: int, address: str, harmless: int) -> None:
    """Ask the kernel; `harmless` is the error that says that it is so already."""
    with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, socket.NETLINK_ROUTE) as line:
        line.settimeout(5)
        line.sendto(message(kind, address, socket.if_nametoindex("lo")), (0, 0))
        answer = line.recv(4096)
    _, answered, *_ = _HEADER.unpack_from(answer)
    (code,) = struct.unpack_from("=i", answer, _HEADER.size) if answered == _NLMSG_ERROR else (0,)
    if code and -code != harmless:
        raise OSError(-code, os.strerror(-code))
