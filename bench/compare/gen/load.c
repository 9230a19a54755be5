/* A run of messages: as fast as the server takes them, or at a rate. */
#include "gen.h"
#include <stdio.h>
#include <sys/epoll.h>
#include <sys/timerfd.h>
#include <unistd.h>

enum { AT_ONCE = 100, SECOND = 1000000000 };
static const uint64_t LINGER = 60ull * SECOND; /* for messages under way when the window ends */

static uint64_t window_start = UINT64_MAX, window_end = UINT64_MAX;
static uint64_t in_window; /* accepted while it was open */

/* Latencies are those of messages that began in the window, whenever they ended. */
void note_accepted(const struct connection *c) {
    uint64_t t = now();
    totals.accepted++;
    if (t >= window_start && t < window_end) in_window++;
    if (c->begun >= window_start && c->begun < window_end) note_latency(t - c->begun);
}

/* With a rate: when message n is due, whether or not the server has kept up. */
static uint64_t first_due;
static int timer = -1;

static uint64_t due(uint64_t n) { return first_due + (uint64_t)((double)n * SECOND / options.rate); }

static void prepare_rate(void) {
    timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
    struct epoll_event e = {.events = EPOLLIN, .data.ptr = NULL};
    epoll_ctl(epoll, EPOLL_CTL_ADD, timer, &e);
    first_due = now() + SECOND / 10;
}

static void begin_what_is_due(void) {
    uint64_t expirations, t = now();
    if (read(timer, &expirations, sizeof expirations) < 0) expirations = 0;
    while (!totals.is_stopping && due(totals.begun) <= t) {
        struct connection *c = take_ready();
        if (!c) return; /* a reply wakes us */
        if (begin_message(c, due(totals.begun))) close_connection(c), totals.errors++;
        t = now();
    }
    uint64_t next = due(totals.begun);
    struct itimerspec at = {.it_value = {(time_t)(next / SECOND), (long)(next % SECOND)}};
    timerfd_settime(timer, TFD_TIMER_ABSTIME, &at, NULL);
}

static void stop(void) {
    totals.is_stopping = 1;
    struct connection *c;
    while ((c = take_ready())) quit_when_ready(c);
}

static void print_result(struct account start, struct account end) {
    double seconds = (double)(end.time - start.time) / SECOND, messages = in_window ? (double)in_window : 1;
    double server = end.server - start.server, generator = end.generator - start.generator;
    double others = (end.machine - start.machine - server - generator) / seconds;
    printf("{\"seconds\": %.3f, \"messages\": %lu, \"accepted\": %lu, \"errors\": %lu, \"rate\": %.1f,\n", seconds,
           (unsigned long)in_window, (unsigned long)totals.accepted, (unsigned long)totals.errors,
           (double)in_window / seconds);
    printf(" \"server_us\": %.3f, \"server_system_us\": %.3f, \"generator_us\": %.3f,\n", server * 1e6 / messages,
           (end.server_system - start.server_system) * 1e6 / messages, generator * 1e6 / messages);
    printf(" \"server_cores\": %.3f, \"generator_cores\": %.3f, \"other_cores\": %.3f, \"peak_kib\": %ld,\n",
           server / seconds, generator / seconds, others, server_peak_kib());
    printf(" \"p50_us\": %.0f, \"p99_us\": %.0f, \"p999_us\": %.0f}\n", latency_us(.5), latency_us(.99), latency_us(.999));
}

/* Opens connections some at a time, so that the backlog holds them. */
static int open_more(int opened) {
    for (int n = 0; n < AT_ONCE && opened < options.connections && !totals.is_stopping; n++)
        open_connection(connection_at(opened++));
    return opened;
}

static int is_window_over(uint64_t t) {
    int is_count_reached = options.count && totals.begun >= options.count;
    return window_start != UINT64_MAX && (t >= window_start + (uint64_t)(options.window * SECOND) || is_count_reached);
}

int run_load(void) {
    uint64_t warm = now() + (uint64_t)(options.warm_up * SECOND), give_up = UINT64_MAX;
    struct account start = {0}, end = {0};
    int opened = 0;
    if (options.rate > 0) prepare_rate();
    while (!totals.is_stopping || (totals.open > 0 && now() < give_up)) {
        uint64_t t = now();
        if (window_start == UINT64_MAX && t >= warm) {
            reset_server_peak();
            start = take_account();
            window_start = start.time;
        }
        if (!totals.is_stopping && is_window_over(t)) {
            end = take_account();
            if (!options.is_exact) window_end = end.time;
            give_up = t + LINGER;
            stop();
        }
        opened = open_more(opened);
        if (options.rate > 0) begin_what_is_due();
        wait_for_events(opened == options.connections ? 20 : 1);
    }
    if (options.is_exact) end = take_account();
    if (totals.open) fprintf(stderr, "gen: %d connections were not finished\n", totals.open);
    totals.errors += (uint64_t)totals.open;
    print_result(start, end);
    return totals.errors ? 3 : 0;
}
