/*
 * A disk that fails when it is told to: loaded before the C library (LD_PRELOAD), it stands between a program and the
 * system calls that change files.
 *
 *   FAULTY_DISK_FILES    concerned are the files whose path begins so
 *   FAULTY_DISK_CONTROL  a file of 24 bytes, which this and whoever decides map: see struct control
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

enum call { WRITE = 1, SYNC = 2, TRUNCATE = 4 };

/* When a call fails: at once, when all is done, or when half of it is. */
enum moment { BEFORE, AFTER, HALFWAY };

struct control {
    _Atomic int32_t left;   /* so many calls are to fail; below 0: all of them. The last that is set */
    _Atomic int32_t skip;   /* once so many have passed */
    _Atomic int32_t calls;  /* which, a sum of enum call */
    _Atomic int32_t error;  /* what errno is then */
    _Atomic int32_t moment;
    _Atomic int32_t failed; /* how many have failed: written here */
};

static struct control *control;
static const char *files;

__attribute__((constructor)) static void set_up(void) {
    const char *path = getenv("FAULTY_DISK_CONTROL");
    int fd = path == NULL ? -1 : open(path, O_RDWR | O_CLOEXEC);
    if (fd < 0) return;
    void *mapped = mmap(NULL, sizeof *control, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    close(fd);
    files = getenv("FAULTY_DISK_FILES");
    if (mapped != MAP_FAILED && files != NULL) control = mapped;
}

static int is_concerned(int fd) {
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    path[length < 0 ? 0 : length] = 0;
    return strncmp(path, files, strlen(files)) == 0;
}

static int is_to_fail(int fd, enum call call) {
    if (control == NULL || control->left == 0 || !(control->calls & call) || !is_concerned(fd)) return 0;
    if (control->skip > 0 && atomic_fetch_sub(&control->skip, 1) > 0) return 0;
    int32_t left = control->left;
    do {
        if (left == 0) return 0;
    } while (left > 0 && !atomic_compare_exchange_weak(&control->left, &left, left - 1));
    control->failed++;
    return 1;
}

static int fail(void) {
    errno = control->error;
    return -1;
}

static size_t done_of(size_t bytes) {
    return control->moment == BEFORE ? 0 : control->moment == AFTER ? bytes : bytes / 2;
}

ssize_t write(int fd, const void *from, size_t bytes) {
    if (!is_to_fail(fd, WRITE)) return syscall(SYS_write, fd, from, bytes);
    syscall(SYS_write, fd, from, done_of(bytes));
    return fail();
}

ssize_t pwrite64(int fd, const void *from, size_t bytes, off64_t at) {
    if (!is_to_fail(fd, WRITE)) return syscall(SYS_pwrite64, fd, from, bytes, at);
    syscall(SYS_pwrite64, fd, from, done_of(bytes), at);
    return fail();
}

ssize_t pwrite(int fd, const void *from, size_t bytes, off_t at) {
    return pwrite64(fd, from, bytes, at);
}

static int sync_by(long number, int fd) {
    if (!is_to_fail(fd, SYNC)) return (int) syscall(number, fd);
    if (control->moment == AFTER) syscall(number, fd);
    return fail();
}

int fsync(int fd) {
    return sync_by(SYS_fsync, fd);
}

int fdatasync(int fd) {
    return sync_by(SYS_fdatasync, fd);
}

int ftruncate64(int fd, off64_t length) {
    return is_to_fail(fd, TRUNCATE) ? fail() : (int) syscall(SYS_ftruncate, fd, length);
}

int ftruncate(int fd, off_t length) {
    return ftruncate64(fd, length);
}
