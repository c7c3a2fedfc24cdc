"""Mail client: hands messages over to a mail server with Python's own smtplib.

    python3 mail_client.py [--port 2525] [--to ADDRESS]... [TEXT]...

Every TEXT is one message; all of them go over one connection, each to every ADDRESS. The
dialogue is shown. The exit status is 0 if the server took every message for every recipient;
otherwise the last line says what it answered, and to which command.
"""

import argparse
import smtplib
import sys

SERVER_HOST = "127.0.0.1"
SERVER_PORT = 2525
SENDER = "ann@example.org"
RECIPIENT = "bob@example.org"


class TalkingSMTP(smtplib.SMTP):
    """smtplib's client, which shows the dialogue and knows what was said last."""

    asked = ""  # the command that the next reply answers; the greeting answers none

    def putcmd(self, cmd, args=""):
        line = f"{cmd} {args}".strip()
        print("client:", line, flush=True)
        if cmd != "rset":  # what smtplib says by itself when something was refused
            self.asked = line
        super().putcmd(cmd, args)

    def getreply(self):
        if not self.asked:
            print("client: (waits for the greeting)", flush=True)
        code, text = super().getreply()
        print("server:", said(code, text), flush=True)
        if self.asked == "data" and code == 354:
            print("client: (the message, and a line with a dot)", flush=True)
            self.asked = "the dot that ends the message"
        return code, text


def said(code, text):
    """Return a reply as one line; smtplib gives -1 as the code of what is no reply."""
    shown = " / ".join(text.decode("utf-8", "backslashreplace").splitlines())
    return f"{code} {shown}".strip() if code >= 0 else f"{shown!r}, which has no code,"


def hand_over(server, sender, recipients, text):
    """Hand one message over; raises `smtplib.SMTPException` unless all recipients get it."""
    lines = [f"From: <{sender}>", "Subject: A test", "", *text.splitlines()]
    message = "".join(line + "\r\n" for line in lines)
    # As bytes, for a str may hold nothing but ASCII here. smtplib doubles the dots at the
    # beginning of lines, and sends the final one.
    refused = server.sendmail(sender, recipients, message.encode("utf-8", "surrogateescape"))
    if refused:
        raise smtplib.SMTPRecipientsRefused(refused)


def explain(error, asked):
    """Say in one sentence what the server did instead of taking the message."""
    to = f" to {asked}" if asked else " as its greeting"
    expected = "354" if asked == "data" else "250" if asked else "220"
    match error:
        case smtplib.SMTPRecipientsRefused(recipients=recipients):
            address, answer = next(iter(recipients.items()))
            return f"the server answered {said(*answer)} to rcpt TO:<{address}>, expected 250"
        case smtplib.SMTPResponseException(smtp_code=code, smtp_error=text):
            return f"the server answered {said(code, text)}{to}, expected {expected}"
        case smtplib.SMTPServerDisconnected():
            return f"the server closed the connection{' after ' + asked if asked else ''}"
    return f"the server is lost: {error}"


def main():
    parser = argparse.ArgumentParser(description="Hand messages over to a mail server.")
    parser.add_argument("--host", default=SERVER_HOST)
    parser.add_argument("--port", default=SERVER_PORT, type=int)
    parser.add_argument("--sender", default=SENDER, metavar="ADDRESS")
    parser.add_argument("--to", action="append", metavar="ADDRESS", help="may be repeated")
    parser.add_argument("texts", nargs="*", default=["Hello, this is a test."], metavar="TEXT")
    options = parser.parse_args()

    server = TalkingSMTP(local_hostname="localhost")
    try:
        code, text = server.connect(options.host, options.port)
        if code != 220:
            raise smtplib.SMTPConnectError(code, text)
        for text in options.texts:
            hand_over(server, options.sender, options.to or [RECIPIENT], text)
    except (smtplib.SMTPException, OSError) as error:
        sys.exit(explain(error, server.asked))
    try:
        server.quit()
    except (smtplib.SMTPException, OSError):
        pass  # the messages are handed over, however the server takes leave
    print(f"handed over: {len(options.texts)}")


if __name__ == "__main__":
    main()
