/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Preloaded: makes something go wrong at a chosen entry of a plan's journal. */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/*
 * VY_FAULT=N:MODE acts when the journal is written for the Nth time:
 *   fail   the disk is full
 *   int    the user interrupts
 *   kill   the process dies before the entry is there: what it did is not noted
 *   crash  the process dies once the entry is there: what it notes was not done
 * VY_FAULT_MARK=FILE is made when that happens.
 */
typedef ssize_t (*Pwrite) (int fd, const void *data, size_t size, off_t offset);

/* A signal reaches the program's own thread in that time. */
#define DELIVERY_US 200000

static int
is_journal (int fd)
{
    char link[64], path[4096];
    ssize_t length;

    snprintf (link, sizeof link, "/proc/self/fd/%d", fd);
    length = readlink (link, path, sizeof path);
    return length > 5 && strncmp (path + length - 5, ".plan", 5) == 0;
}

/* The mode when this is the time, else NULL. */
static const char *
fault_now (int fd)
{
    static unsigned n_writes;
    const char *fault = getenv ("VY_FAULT");
    const char *mark = getenv ("VY_FAULT_MARK");
    char *mode;

    if (!fault || !is_journal (fd) || ++n_writes != strtoul (fault, &mode, 10))
        return NULL;
    if (mark)
        close (open (mark, O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
    return mode + 1;
}

static ssize_t
write_journal (const char *symbol, int fd, const void *data, size_t size, off_t offset)
{
    Pwrite real = (Pwrite) dlsym (RTLD_NEXT, symbol);
    const char *mode = fault_now (fd);
    ssize_t wrote;

    if (mode && strcmp (mode, "kill") == 0)
        kill (getpid (), SIGKILL);
    if (mode && strcmp (mode, "fail") == 0) {
        errno = ENOSPC;
        return -1;
    }
    wrote = real (fd, data, size, offset);
    if (mode && strcmp (mode, "crash") == 0)
        kill (getpid (), SIGKILL);
    if (mode && strcmp (mode, "int") == 0) {
        kill (getpid (), SIGINT);
        usleep (DELIVERY_US);
    }
    return wrote;
}

ssize_t
pwrite (int fd, const void *data, size_t size, off_t offset)
{
    return write_journal ("pwrite", fd, data, size, offset);
}

ssize_t
pwrite64 (int fd, const void *data, size_t size, off64_t offset)
{
    return write_journal ("pwrite64", fd, data, size, offset);
}
