"""Which programs read arguments, and which shapes of them are tried first."""

from __future__ import annotations

import pytest

from grader.core.languages.arguments import MOST, PORT, USUAL, argument_shapes, fill
from grader.core.languages.lexing import lex
from grader.core.languages.plan import Language


def shapes(text: str, language: Language = "python", *, client: bool = False) -> list[str]:
    found = argument_shapes([lex(text, language)], language, client=client)
    return [" ".join(shape) for shape in found]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("python", "import socket\ns.bind(('', 12000))"),
        ("python", "# sys.argv[1] is the port\nprint('sys.argv')"),
        ("c", "int main(int argc, char *argv[]) { return 0; }"),
        ("c", 'int main(int argc, char **argv)\n{ (void)argc; puts("argv[1]"); }'),
        ("cpp", "int main(int argc, char const *argv[]) { /* argv[1] */ }"),
        ("java", "class A { public static void main(String[] args) { int argv = 1; } }"),
        ("java", "class A { public static void main(String args[]) throws Exception { go(); } }"),
    ],
)
def test_a_program_that_reads_no_arguments_is_never_tried(language: Language, text: str) -> None:
    assert shapes(text, language) == []
    assert shapes(text, language, client=True) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("python", "port = int(sys.argv[1])"),
        ("python", "from sys import argv\nport = argv[1]"),
        ("python", "if len(sys.argv) != 2: sys.exit()"),
        ("c", "int main(int argc, char *argv[]) { int port = atoi(argv[1]); }"),
        ("c", "int main(int argc, char **argv) { if (argc < 2) return 1; serve(*(argv + 1)); }"),
        ("cpp", "int main(int argc, char* argv[]) { if (2 != argc) return 1; run(argv[1]); }"),
        ("java", "public static void main(String[] a) { int p = Integer.parseInt(a[0]); }"),
        ("java", "public static void main(String... args) { if (args.length < 1) return; }"),
        ("java", "public static void main(final String[] args) { new Server(args).run(); }"),
    ],
)
def test_one_that_reads_some_is_tried_with_its_port_first(language: Language, text: str) -> None:
    assert shapes(text, language)[0] == "{port}"


@pytest.mark.parametrize(
    ("language", "text", "first"),
    [
        ("c", "if (argc != 3) usage(); connect_to(argv[1], argv[2]);", "{host} {port}"),
        ("python", "host, port = sys.argv[1], int(sys.argv[2])", "{host} {port}"),
        ("java", "void main(String[] args) { new Socket(args[0], n(args[1])); }", "{host} {port}"),
        ("c", 'while ((c = getopt(argc, argv, "p:")) != -1) {}', "-p {port}"),
        ("c", 'while ((c = getopt(argc, argv, "a:p:v")) != -1) {}', "-p {port}"),
        ("cpp", 'if (!strcmp(argv[1], "-port")) port = atoi(argv[2]);', "-port {port}"),
        (
            "python",
            'p = ArgumentParser()\np.add_argument("-p", "--port")',
            "--port {port}",
        ),
        (
            "python",
            'p = ArgumentParser()\np.add_argument("--host")\np.add_argument("--port")',
            "--host {host} --port {port}",
        ),
        (
            "python",
            'p = ArgumentParser()\np.add_argument("host")\np.add_argument("-p")',
            "{host} -p {port}",
        ),
        (
            "python",
            'p = ArgumentParser()\np.add_argument("host")\np.add_argument("port", type=int)',
            "{host} {port}",
        ),
        (
            "java",
            'void main(String[] args) { get(args, "-document_root"); get(args, "-port"); }',
            "-document_root {folder} -port {port}",
        ),
    ],
)
def test_the_source_tells_which_shape_is_likeliest(
    language: Language, text: str, first: str
) -> None:
    assert shapes(text, language)[0] == first


def test_all_six_usual_shapes_are_tried_where_there_are_options() -> None:
    found = argument_shapes([lex('f(sys.argv, "-v")', "python")], "python", client=False)
    assert set(USUAL) <= set(found)
    assert len(found) <= MOST


def test_only_a_client_is_tried_with_an_address_alone() -> None:
    text = "int main(int argc, char *argv[]) { if (argc != 2) usage(); }"
    assert "{host}" in shapes(text, "c", client=True)
    assert "{host}" not in shapes(text, "c")


def test_a_helper_that_reads_the_arguments_counts() -> None:
    files = [lex("import options", "python"), lex("port = sys.argv[1]", "python")]
    assert argument_shapes(files, "python", client=False)[0] == PORT


def test_places_are_filled() -> None:
    shape = ("-document_root", "{folder}", "-port", "{port}", "{host}")
    filled = fill(shape, "127.0.0.1", 6789)
    assert filled == ("-document_root", ".", "-port", "6789", "127.0.0.1")
