/* Preloaded into C and C++ programs: at a deadly signal it has eu-stack (or gdb, on a student's own
 * machine) write where every thread stands to the file GRADER_LAST_WORDS, then lets the signal do
 * what it does. A program with a handler of its own for the signal, or that ignores it, never comes
 * here. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#define SECONDS 5

static char last_words[4096] = "/tmp/.last-words";
static char alternate_stack[1 << 16]; /* a stack overflow leaves no room on the usual one */

/* Writes a number so that it ends at `end`; returns where it begins. */
static char *write_number(char *end, long number)
{
    do
        *--end = (char)('0' + number % 10);
    while ((number /= 10) > 0);
    return end;
}

/* eu-stack needs the name of this function to tell the thread that died. */
__attribute__((noinline, used)) void grader_last_words(int signal_number)
{
    char digits[24] = {0};
    char *pid = write_number(digits + sizeof digits - 1, (long)getpid());
    /* Not fork(): it waits for malloc's locks, and the program may have died holding them. */
    pid_t child = (pid_t)syscall(SYS_clone, SIGCHLD, NULL, NULL, NULL, NULL);
    if (child == 0) {
        int words = open(last_words, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, 0600);
        if (words >= 0 && dup2(words, 1) >= 0 && dup2(words, 2) >= 0) {
            sigset_t none;
            sigemptyset(&none);
            sigprocmask(SIG_SETMASK, &none, NULL);
            alarm(SECONDS);
            char *nothing[] = {NULL}; /* and no preload of ours */
            execle("/usr/bin/eu-stack", "eu-stack", "-s", "-p", pid, (char *)NULL, nothing);
            execle("/usr/bin/gdb", "gdb", "-p", pid, "-batch", "-nx", "-ex",
                   "thread apply all bt", (char *)NULL, nothing);
        }
        _exit(127);
    }
    if (child > 0)
        waitpid(child, NULL, 0);
    kill(getpid(), signal_number); /* SA_RESETHAND: it is deadly again */
}

__attribute__((constructor)) static void prepare(void)
{
    static const int deadly[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGPIPE};
    const char *given = getenv("GRADER_LAST_WORDS");
    if (given && strlen(given) < sizeof last_words)
        strcpy(last_words, given);
    stack_t other = {.ss_sp = alternate_stack, .ss_size = sizeof alternate_stack};
    sigaltstack(&other, NULL);
    for (size_t i = 0; i < sizeof deadly / sizeof *deadly; i++) {
        struct sigaction old, ours = {.sa_handler = grader_last_words};
        ours.sa_flags = SA_RESETHAND | SA_NODEFER | SA_ONSTACK;
        if (sigaction(deadly[i], NULL, &old) == 0 && old.sa_handler == SIG_DFL)
            sigaction(deadly[i], &ours, NULL);
    }
}
