# my test, run it while the server runs
import smtplib

with smtplib.SMTP('localhost', 2525) as s:
    s.set_debuglevel(1)
    s.sendmail('amara@example.com', ['ben@example.com'], 'Subject: test\n\nIt works.\n')
