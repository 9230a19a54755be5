/* Opens connections, greets, and holds them until standard input ends; then each must still answer QUIT. */
#include "gen.h"
#include <poll.h>
#include <stdio.h>
#include <unistd.h>

enum { AT_ONCE = 100, SECOND = 1000000000 };
static const uint64_t OPENING = 120ull * SECOND, CLOSING = 30ull * SECOND;

static int is_input_open(void) {
    struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
    char ignored[64];
    return poll(&input, 1, 0) == 0 || read(STDIN_FILENO, ignored, sizeof ignored) > 0;
}

int run_idle(void) {
    uint64_t start = now();
    int opened = 0;
    while (totals.held < options.connections && now() < start + OPENING && !totals.errors) {
        while (opened < options.connections && opened - totals.held < AT_ONCE) open_connection(connection_at(opened++));
        wait_for_events(100);
    }
    printf("{\"held\": %d, \"seconds\": %.3f}\n", totals.held, (double)(now() - start) / SECOND);
    fflush(stdout);
    while (is_input_open()) wait_for_events(100);
    totals.is_stopping = 1;
    for (int i = 0; i < opened; i++) {
        struct connection *c = connection_at(i);
        if (c->fd >= 0 && c->state == HELD) quit_when_ready(c);
    }
    for (uint64_t t = now(); totals.open > 0 && now() < t + CLOSING;) wait_for_events(100);
    totals.errors += (uint64_t)totals.open;
    printf("{\"errors\": %lu}\n", (unsigned long)totals.errors);
    return totals.errors ? 3 : 0;
}
