"""How a program is found to want to be started: the trials, in order, and what is made of them."""

from __future__ import annotations

from collections.abc import Callable

from grader.core.languages import Habits
from grader.core.model import Endpoint, Program
from grader.core.trying import QUESTIONS, SLOW, Seen, Trial, Way, search, worth_trying

SERVER = Program(name="server", entry=(), listens=Endpoint("tcp", 12000))
CLIENT = Program(name="client", entry=(), connects=Endpoint("tcp", 12000))
ARGUED = Habits(shapes=(("{port}",), ("{host}", "{port}"), ("--port", "{port}")))
ASKING = Habits(asks=True)
DIED = Seen(ended=True, screen="usage: server PORT")
REACHED = Seen(reached=True, exact=True)

Behaviour = Callable[[Trial], Seen]


def found(
    program: Program, habits: Habits, behaves: Behaviour, *, fixed: bool = False
) -> tuple[Way, list[Trial]]:
    """Search among the trials of a program that behaves like this."""
    trials = search(program, habits, fixed=fixed)
    tried = [next(trials)]
    try:
        while True:
            tried.append(trials.send(behaves(tried[-1])))
    except StopIteration as last:
        way: Way = last.value
        return way, tried


def wants(*args: str) -> Behaviour:
    return lambda trial: REACHED if trial.args == args else DIED


def test_an_ordinary_program_is_not_even_started() -> None:
    assert not worth_trying(Habits(), fixed=False)
    assert not worth_trying(ARGUED, fixed=True)
    assert worth_trying(ARGUED, fixed=False)
    assert worth_trying(ASKING, fixed=True)


def test_one_that_works_without_arguments_is_given_none() -> None:
    way, tried = found(SERVER, ARGUED, lambda _trial: Seen(reached=True))
    assert way == Way()
    assert tried == [Trial()]


def test_shapes_are_tried_in_order_until_it_listens() -> None:
    way, tried = found(SERVER, ARGUED, wants("127.0.0.1", "12000"))
    assert way == Way(("127.0.0.1", "12000"))
    assert [trial.args for trial in tried] == [(), ("12000",), ("127.0.0.1", "12000")]
    assert way.remarks("server") == [
        ("arguments", "server is started with arguments: 127.0.0.1 12000")
    ]


def test_listening_at_the_assignments_port_is_better_than_listening() -> None:
    """A C server that takes the address for its port, atoi("127.0.0.1"), listens on port 127."""

    def atoi(trial: Trial) -> Seen:
        if not trial.args:
            return DIED
        return Seen(reached=True, exact=trial.args[0] == "--port")

    assert found(SERVER, ARGUED, atoi)[0] == Way(("--port", "12000"))
    assert found(SERVER, ARGUED, lambda trial: Seen(reached=bool(trial.args)))[0] == Way(("12000",))


def test_where_nothing_helps_the_checks_tell_why() -> None:
    way, tried = found(SERVER, ARGUED, lambda _trial: DIED)
    assert way == Way()
    assert len(tried) == 4


def test_the_spec_may_fix_the_command_line() -> None:
    way, tried = found(SERVER, ARGUED, wants("12000"), fixed=True)
    assert (way, tried) == (Way(), [Trial()])


def test_trying_ends_where_every_trial_takes_all_its_time() -> None:
    _, tried = found(SERVER, ARGUED, lambda _trial: Seen(slow=True))
    assert len(tried) == 1 + SLOW


def test_a_client_that_waits_for_its_message_is_typed_one_before_it_is_given_arguments() -> None:
    way, tried = found(CLIENT, ARGUED, lambda trial: REACHED if trial.talks else Seen())
    assert way == Way()
    assert tried == [Trial(), Trial(talks=True)]


def test_a_client_that_died_is_given_arguments_and_something_to_say() -> None:
    way, tried = found(CLIENT, ARGUED, wants("12000"))
    assert way == Way(("12000",))
    assert tried == [Trial(), Trial(("12000",), talks=True)]


def asks(*questions: str, then: Seen = REACHED) -> Behaviour:
    """Behave like a program that asks these questions, one after the other."""

    def behave(trial: Trial) -> Seen:
        screen = "".join(questions[: len(trial.answers) + 1])
        if len(trial.answers) < len(questions):
            return Seen(screen=screen)
        return Seen(then.reached, then.exact, then.ended, then.slow, screen + then.screen)

    return behave


def test_a_client_is_told_address_and_port_as_it_asks() -> None:
    way, tried = found(CLIENT, ASKING, asks("Server IP: ", "Port: "))
    assert way == Way((), ("127.0.0.1", "12000"), ("host", "port"))
    assert len(tried) == 3
    assert way.remarks("client") == [
        ("prompts", "client asks for the address and the port on the keyboard")
    ]


def test_a_client_that_then_asks_for_its_message_has_all_it_needs() -> None:
    way, tried = found(CLIENT, ASKING, asks("Port: ", "Host: ", "Input lowercase sentence: "))
    assert way.answers == ("12000", "127.0.0.1")
    assert len(tried) == 3


def test_both_in_one_line_are_typed_in_one_line() -> None:
    way, _ = found(CLIENT, ASKING, asks("Enter address and port: "))
    assert way == Way((), ("127.0.0.1 12000",), ("host", "port"))


def test_a_client_that_asks_for_a_message_only_is_told_nothing() -> None:
    way, tried = found(CLIENT, ASKING, asks("Input lowercase sentence: "))
    assert (way, tried) == (Way(), [Trial()])


def test_a_server_that_waits_at_the_keyboard_is_told_its_port_whatever_it_prints() -> None:
    assert found(SERVER, ASKING, asks("Puerto de escucha? "))[0] == Way((), ("12000",), ("port",))
    assert found(SERVER, ASKING, asks(""))[0].answers == ("12000",)


def test_what_is_asked_for_is_given_even_if_the_program_then_fails() -> None:
    """So that the checks tell what is wrong with it, and not that it waits at the keyboard."""
    died = Seen(ended=True)
    assert found(SERVER, ASKING, asks("Port: ", then=died))[0].answers == ("12000",)
    assert found(CLIENT, ASKING, asks("Host: ", then=died))[0].answers == ("127.0.0.1",)
    assert len(found(SERVER, ASKING, asks(*["Port: "] * 9))[0].answers) == QUESTIONS


def test_a_guess_that_does_not_help_is_not_given() -> None:
    assert found(SERVER, ASKING, asks("Your name: ", then=Seen(ended=True)))[0] == Way()
    assert found(SERVER, ASKING, asks(*["Go on? "] * 9))[0] == Way()


def test_a_program_that_waits_at_the_keyboard_and_wants_arguments_is_given_them() -> None:
    habits = Habits(shapes=(("{port}",),), asks=True)

    def behave(trial: Trial) -> Seen:
        return REACHED if trial.args else Seen(screen="Press Enter: ", ended=bool(trial.answers))

    assert found(SERVER, habits, behave)[0] == Way(("12000",))
