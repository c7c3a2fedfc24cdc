"""Addresses and host names in source text: what is found, and what never gets into a hosts file."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.core.languages.lexing import lex
from grader.core.languages.literals import MOST, addresses, host_names, is_host_name
from grader.core.languages.plan import Language


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('IP = "192.168.1.23"', ("192.168.1.23",)),
        ('s.connect(("10.0.0.7", 12000))', ("10.0.0.7",)),
        ('dial("8.8.8.8:53")', ("8.8.8.8",)),
        ('get("http://203.0.113.9/")', ("203.0.113.9",)),
        ('# "10.0.0.7"\nx = "no address: 10.0.0.7 here"', ()),
        ('s.bind(("127.0.0.1", 1)); t.bind(("0.0.0.0", 2)); u = "127.0.1.1"', ()),
        ('a = "255.255.255.255"; b = "224.0.0.251"; c = "239.1.2.3"; d = "240.0.0.1"', ()),
        ('v = "1.2.3"; w = "1.2.3.4.5"; x = "999.1.1.1"; y = "0.1.2.3"; z = "01.2.3.4"', ()),
        ('a = "10.0.0.1"; b = "10.0.0.1"; c = "10.0.0.2"', ("10.0.0.1", "10.0.0.2")),
    ],
)
def test_addresses_of_machines_are_found(text: str, found: tuple[str, ...]) -> None:
    assert addresses([lex(text, "python")]) == found


def test_no_more_than_a_few_are_taken() -> None:
    text = "\n".join(f'a{n} = "10.1.{n}.1"\nhost = "m{n}.example"' for n in range(50))
    assert len(addresses([lex(text, "python")])) == MOST
    assert len(host_names([lex(text, "python")])) == MOST


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("python", 'serverName = "netlab-07.uni.example"', ("netlab-07.uni.example",)),
        ("python", "HOST = 'DESKTOP-AB12'", ("desktop-ab12",)),
        ("python", 's.connect(("lab7", 12000))', ("lab7",)),
        ("python", 's.sendto(data, ("lab7.example", 12000))', ("lab7.example",)),
        ("python", 's.sendto("hello", address)', ()),
        ("python", "ip = socket.gethostbyname('pc.example')", ("pc.example",)),
        ("c", 'h = gethostbyname("pc.example");', ("pc.example",)),
        ("c", '#define SERVER_HOST "pc.example"', ("pc.example",)),
        ("c", 'const char *host = "pc.example";', ("pc.example",)),
        ("c", 'char server_name[64] = "pc.example";', ("pc.example",)),
        ("c", 'getaddrinfo("pc.example", "12000", &hints, &found);', ("pc.example",)),
        ("java", 'new Socket("pc.example", 12000)', ("pc.example",)),
        ("java", 'static final String SERVER_NAME = "pc.example";', ("pc.example",)),
        ("java", 'InetAddress.getByName("pc.example")', ("pc.example",)),
        ("python", 'print("Visit www.example.com"); url = "www.example.com"', ()),
        ("python", 'server_message = "hello"; open("host.txt"); server = "TCP Server"', ()),
        ("python", 'host = "localhost"; server = "LOCALHOST"; addr = ""', ()),
        ("python", 'host = "127.0.0.1"; ip = "192.168.1.5"', ()),
        ("python", 'server = "server.py"; host = "index.html"', ()),
    ],
)
def test_names_count_where_a_host_is_meant(
    language: Language, text: str, found: tuple[str, ...]
) -> None:
    assert host_names([lex(text, language)]) == found


@pytest.mark.parametrize(
    "name",
    [
        "a b",
        "a\tb",
        "a\nb",
        "a#b",
        "-a",
        "a-",
        "a..b",
        ".a",
        "a.",
        "é.example",
        "a_b",
        "x" * 64,
        "",
        "localhost",
        "localhost.localdomain",
        "foo.localhost",
        "lab",
        "ip6-loopback",
        "1.2.3.4",
        ".".join(["abcdefghi"] * 30),
        "10.0",
        "${jndi}",
        "a;b",
        "a/b",
        "\x1b[31m",
        "a\u200bb",
    ],
)
def test_no_other_name_passes(name: str) -> None:
    assert not is_host_name(name)


@given(st.text(max_size=80))
def test_what_passes_is_one_harmless_word(name: str) -> None:
    if is_host_name(name):
        assert re.fullmatch(r"[a-z0-9.-]+", name)
