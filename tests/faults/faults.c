/* Preloaded: counts the calls that change what lies beneath one folder, and faults the N-th.

   A process arms itself by fault_arm(); a call before that, or elsewhere, is left alone. Each
   counted call is one line « call path » in the log. Linux and glibc alone. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

enum { LOG, KILL, TORN, FAIL, FAIL_FROM, SIGNAL };

static char root[PATH_MAX], spared[PATH_MAX];
static int armed, action, number, log_fd = -1;
static long count, target;

void fault_arm(const char *folder, const char *spare, int do_what, int with, long at, int fd) {
    snprintf(root, sizeof root, "%s/", folder);
    snprintf(spared, sizeof spared, "%s", spare);
    action = do_what;
    number = with;
    target = at;
    log_fd = fd;
    count = 0;
    armed = 1;
}

static void die(void) {
    kill(getpid(), SIGKILL);
    pause();
}

static void noted(const char *call, const char *path) {
    char line[PATH_MAX + 32];
    int length = snprintf(line, sizeof line, "%s %s\n", call, path + strlen(root));
    syscall(SYS_write, log_fd, line, length);
}

/* 0: go on. 1: fail with errno. 2: do half, then die. */
static int faulted(const char *call, const char *path, int takes_room) {
    if (!armed || strncmp(path, root, strlen(root)) != 0 || strcmp(path, spared) == 0) return 0;
    long at = ++count;
    if (log_fd >= 0) noted(call, path);
    if (action == FAIL_FROM && at >= target && takes_room) {
        errno = number;
        return 1;
    }
    if (at != target) return 0;
    switch (action) {
    case KILL:
        die();
        break;
    case TORN:
        return 2;
    case FAIL:
        errno = number;
        return 1;
    case SIGNAL:
        kill(getpid(), number);
    }
    return 0;
}

static const char *of_fd(int fd, char *path) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = syscall(SYS_readlink, link, path, PATH_MAX - 1);
    path[length < 0 ? 0 : length] = 0;
    return path;
}

static const char *whole(int folder, const char *name, char *path) {
    if (name[0] == '/') return name;
    char start[PATH_MAX];
    if (folder == AT_FDCWD) {
        if (syscall(SYS_getcwd, start, sizeof start) < 0) return name;
    } else {
        of_fd(folder, start);
    }
    snprintf(path, 2 * PATH_MAX, "%s/%s", start, name);
    return path;
}

#define NEXT(name) \
    static __typeof__(name) *next; \
    if (!next) next = (__typeof__(next))dlsym(RTLD_NEXT, #name)
#define AT(call, folder, name, room) \
    do { \
        char found[2 * PATH_MAX]; \
        int told = armed ? faulted(call, whole(folder, name, found), room) : 0; \
        if (told == 1) return -1; \
        if (told == 2) die(); \
    } while (0)
#define FD(call, fd, room) \
    do { \
        char found[2 * PATH_MAX]; \
        int told = armed ? faulted(call, of_fd(fd, found), room) : 0; \
        if (told == 1) return -1; \
        if (told == 2) die(); \
    } while (0)

#define OPENED(folder, name, flags) \
    mode_t mode = 0; \
    if (flags & (O_CREAT | __O_TMPFILE)) { \
        va_list more; \
        va_start(more, flags); \
        mode = va_arg(more, mode_t); \
        va_end(more); \
    } \
    if ((flags & O_ACCMODE) != O_RDONLY) AT("open", folder, name, (flags & O_CREAT) != 0)

int open(const char *name, int flags, ...) {
    NEXT(open);
    OPENED(AT_FDCWD, name, flags);
    return next(name, flags, mode);
}
int open64(const char *name, int flags, ...) {
    NEXT(open64);
    OPENED(AT_FDCWD, name, flags);
    return next(name, flags, mode);
}
int openat(int folder, const char *name, int flags, ...) {
    NEXT(openat);
    OPENED(folder, name, flags);
    return next(folder, name, flags, mode);
}
int openat64(int folder, const char *name, int flags, ...) {
    NEXT(openat64);
    OPENED(folder, name, flags);
    return next(folder, name, flags, mode);
}

#define WRITTEN(call, fd, half) \
    do { \
        char found[2 * PATH_MAX]; \
        int told = armed ? faulted(call, of_fd(fd, found), 1) : 0; \
        if (told == 1) return -1; \
        if (told == 2) { \
            if (half < 0) errno = EIO; \
            die(); \
        } \
    } while (0)

ssize_t write(int fd, const void *data, size_t size) {
    NEXT(write);
    WRITTEN("write", fd, next(fd, data, size / 2));
    return next(fd, data, size);
}
ssize_t pwrite(int fd, const void *data, size_t size, off_t at) {
    NEXT(pwrite);
    WRITTEN("write", fd, next(fd, data, size / 2, at));
    return next(fd, data, size, at);
}
ssize_t pwrite64(int fd, const void *data, size_t size, off64_t at) {
    NEXT(pwrite64);
    WRITTEN("write", fd, next(fd, data, size / 2, at));
    return next(fd, data, size, at);
}
int fsync(int fd) {
    NEXT(fsync);
    FD("sync", fd, 0);
    return next(fd);
}
int fdatasync(int fd) {
    NEXT(fdatasync);
    FD("sync", fd, 0);
    return next(fd);
}
int ftruncate(int fd, off_t size) {
    NEXT(ftruncate);
    FD("truncate", fd, 0);
    return next(fd, size);
}
int ftruncate64(int fd, off64_t size) {
    NEXT(ftruncate64);
    FD("truncate", fd, 0);
    return next(fd, size);
}
int rename(const char *from, const char *to) {
    NEXT(rename);
    AT("rename", AT_FDCWD, to, 0);
    return next(from, to);
}
int renameat(int from, const char *name, int to, const char *other) {
    NEXT(renameat);
    AT("rename", to, other, 0);
    return next(from, name, to, other);
}
int unlink(const char *name) {
    NEXT(unlink);
    AT("unlink", AT_FDCWD, name, 0);
    return next(name);
}
int unlinkat(int folder, const char *name, int flags) {
    NEXT(unlinkat);
    AT("unlink", folder, name, 0);
    return next(folder, name, flags);
}
int rmdir(const char *name) {
    NEXT(rmdir);
    AT("rmdir", AT_FDCWD, name, 0);
    return next(name);
}
int mkdir(const char *name, mode_t mode) {
    NEXT(mkdir);
    AT("mkdir", AT_FDCWD, name, 1);
    return next(name, mode);
}
int chmod(const char *name, mode_t mode) {
    NEXT(chmod);
    AT("chmod", AT_FDCWD, name, 0);
    return next(name, mode);
}
int fchmodat(int folder, const char *name, mode_t mode, int flags) {
    NEXT(fchmodat);
    AT("chmod", folder, name, 0);
    return next(folder, name, mode, flags);
}
int fchmod(int fd, mode_t mode) {
    NEXT(fchmod);
    FD("chmod", fd, 0);
    return next(fd, mode);
}
