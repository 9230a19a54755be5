/* Clocks, CPU and memory as the operating system counts them, and a histogram of latencies. */
#define _GNU_SOURCE
#include "gen.h"
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static double seconds_of(clockid_t clock) {
    struct timespec t;
    return clock_gettime(clock, &t) ? 0 : (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

uint64_t now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static void read_file(const char *name, char *text, size_t room) {
    int fd = open(name, O_RDONLY | O_CLOEXEC);
    ssize_t n = fd < 0 ? -1 : read(fd, text, room - 1);
    if (fd >= 0) close(fd);
    text[n > 0 ? n : 0] = 0;
}

/* The clock of a process counts its threads that have ended, too. */
static double server_seconds(void) {
    clockid_t clock;
    return options.pid && clock_getcpuclockid(options.pid, &clock) == 0 ? seconds_of(clock) : 0;
}

static double server_system_seconds(void) {
    char name[64], text[1024];
    unsigned long system = 0;
    snprintf(name, sizeof name, "/proc/%d/stat", options.pid);
    read_file(name, text, sizeof text);
    char *after_name = strrchr(text, ')');
    if (after_name) sscanf(after_name + 2, "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %*u %lu", &system);
    return (double)system / (double)sysconf(_SC_CLK_TCK);
}

/* What all processors did but wait. Linux keeps the time of idleness precisely, and the rest by ticks. */
static double machine_seconds(void) {
    char text[512];
    unsigned long idle = 0, waiting = 0;
    read_file("/proc/stat", text, sizeof text);
    sscanf(text, "cpu %*u %*u %*u %lu %lu", &idle, &waiting);
    double all = (double)now() / 1e9 * (double)sysconf(_SC_NPROCESSORS_ONLN);
    return all - (double)(idle + waiting) / (double)sysconf(_SC_CLK_TCK);
}

struct account take_account(void) {
    struct account a = {now(), server_seconds(), server_system_seconds(), seconds_of(CLOCK_PROCESS_CPUTIME_ID), machine_seconds()};
    return a;
}

void reset_server_peak(void) {
    char name[64];
    snprintf(name, sizeof name, "/proc/%d/clear_refs", options.pid);
    int fd = open(name, O_WRONLY | O_CLOEXEC);
    if (fd < 0) return;
    if (write(fd, "5", 1) != 1) perror("gen: clear_refs");
    close(fd);
}

long server_peak_kib(void) {
    char name[64], text[4096];
    snprintf(name, sizeof name, "/proc/%d/status", options.pid);
    read_file(name, text, sizeof text);
    char *line = strstr(text, "VmHWM:");
    long kib = 0;
    if (line) sscanf(line + 6, "%ld", &kib);
    return kib;
}

/* Buckets of 1/64 of a power of two, in microseconds. */
enum { STEPS = 64, POWERS = 40 };
static uint64_t buckets[POWERS * STEPS], noted;

void note_latency(uint64_t nanoseconds) {
    uint64_t us = nanoseconds / 1000;
    int power = 0;
    while (us >= 2 * STEPS) {
        us >>= 1;
        power++;
    }
    buckets[us < STEPS ? us : (uint64_t)(power + 1) * STEPS + us - STEPS]++;
    noted++;
}

double latency_us(double quantile) {
    uint64_t wanted = (uint64_t)((double)noted * quantile), seen = 0;
    for (uint64_t i = 0; i < POWERS * STEPS; i++) {
        seen += buckets[i];
        if (seen > wanted) return i < STEPS ? (double)i : (double)((i % STEPS + STEPS) << (i / STEPS - 1));
    }
    return 0;
}
