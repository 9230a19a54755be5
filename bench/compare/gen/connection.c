/* Sockets and TLS: connections are opened, written to and read from without blocking. */
#define _GNU_SOURCE
#include "gen.h"
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { REPORTED = 5, TOO_MANY = 1000, TLS_WRITE = 65536 };

int epoll;
static struct connection *connections;
static SSL_CTX *tls;

void prepare_connections(void) {
    epoll = epoll_create1(EPOLL_CLOEXEC);
    connections = calloc((size_t)options.connections, sizeof *connections);
    if (!connections) exit(1);
    for (int i = 0; i < options.connections; i++) connections[i].fd = -1;
    if (!options.is_tls) return;
    tls = SSL_CTX_new(TLS_client_method());
    SSL_CTX_set_min_proto_version(tls, TLS1_3_VERSION);
    SSL_CTX_set_session_cache_mode(tls, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_mode(tls, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_RELEASE_BUFFERS);
}

struct connection *connection_at(int i) { return &connections[i]; }

static void give_up(const char *what) {
    perror(what);
    exit(1);
}

static void watch(struct connection *c, int events) {
    if (c->events == events) return;
    struct epoll_event e = {.events = (uint32_t)events, .data.ptr = c};
    epoll_ctl(epoll, c->events ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, c->fd, &e);
    c->events = events;
}

void open_connection(struct connection *c) {
    memset(c, 0, offsetof(struct connection, in));
    c->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (c->fd < 0) give_up("gen: socket");
    int one = 1;
    setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    struct sockaddr_in server = {.sin_family = AF_INET, .sin_port = htons((uint16_t)options.port)};
    server.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    c->begun = now();
    c->state = BANNER;
    if (connect(c->fd, (struct sockaddr *)&server, sizeof server) && errno != EINPROGRESS) give_up("gen: connect");
    totals.open++;
    watch(c, EPOLLIN);
}

void close_connection(struct connection *c) {
    SSL_free(c->ssl);
    c->ssl = NULL;
    close(c->fd);
    c->fd = -1;
    totals.open--;
}

static void close_and_reopen(struct connection *c) {
    close_connection(c);
    int is_used_up = options.count && totals.begun >= options.count;
    if (!totals.is_stopping && !options.is_idle && !is_used_up) open_connection(c);
}

static void fail(struct connection *c, const char *why, const char *detail) {
    if (++totals.errors <= REPORTED) fprintf(stderr, "gen: state %d: %s: %.100s\n", c->state, why, detail);
    if (totals.errors > TOO_MANY) {
        fprintf(stderr, "gen: too many errors\n");
        exit(2);
    }
    if (c->state == READY) exit(2); /* it stands in the queue of those that wait */
    close_and_reopen(c);
}

enum progress { DONE, LATER, BROKEN };

/* What to make of a TLS call that could not do its work. Input is always watched for. */
static enum progress tls_progress(struct connection *c, int result) {
    switch (SSL_get_error(c->ssl, result)) {
    case SSL_ERROR_WANT_READ: return LATER;
    case SSL_ERROR_WANT_WRITE: watch(c, EPOLLIN | EPOLLOUT); return LATER;
    default: return BROKEN;
    }
}

static enum progress write_some(struct connection *c) {
    const char *from = c->out + c->out_sent;
    size_t left = c->out_length - c->out_sent;
    ssize_t n;
    if (c->ssl) {
        n = SSL_write(c->ssl, from, (int)(left > TLS_WRITE ? TLS_WRITE : left));
        if (n <= 0) return tls_progress(c, (int)n);
    } else {
        n = send(c->fd, from, left, MSG_NOSIGNAL);
        if (n < 0 && errno != EAGAIN) return BROKEN;
        if (n < 0) {
            watch(c, EPOLLIN | EPOLLOUT);
            return LATER;
        }
    }
    c->out_sent += (size_t)n;
    return DONE;
}

static int flush(struct connection *c) {
    enum progress p = DONE;
    while (p == DONE && c->out_sent < c->out_length) p = write_some(c);
    if (p == DONE) watch(c, EPOLLIN);
    return p == BROKEN;
}

/* Sends as much as goes, and the rest as it goes; the answer is for the next state. */
int send_bytes(struct connection *c, const char *bytes, size_t length, enum state next) {
    c->out = bytes;
    c->out_length = length;
    c->out_sent = 0;
    c->state = next;
    return flush(c);
}

static enum progress shake_hands(struct connection *c) {
    if (!c->ssl) {
        c->ssl = SSL_new(tls);
        SSL_set_fd(c->ssl, c->fd);
        SSL_set_connect_state(c->ssl);
    }
    int result = SSL_do_handshake(c->ssl);
    if (result != 1) return tls_progress(c, result);
    watch(c, EPOLLIN);
    return greet_again(c) ? BROKEN : DONE;
}

static enum progress read_some(struct connection *c) {
    size_t room = sizeof c->in - 1 - (size_t)c->in_length;
    ssize_t n;
    if (c->ssl) {
        n = SSL_read(c->ssl, c->in + c->in_length, (int)room);
        if (n <= 0) return tls_progress(c, (int)n);
    } else {
        n = recv(c->fd, c->in + c->in_length, room, 0);
        if (n < 0 && errno == EAGAIN) return LATER;
        if (n <= 0) return BROKEN;
    }
    c->in_length += (int)n;
    c->in[c->in_length] = 0;
    return DONE;
}

/* Takes the replies that are there, and keeps what is left of the last one. */
static enum heard take_replies(struct connection *c) {
    char *line = c->in, *end = c->in + c->in_length, *feed;
    while (c->state != HANDSHAKE && (feed = memchr(line, '\n', (size_t)(end - line)))) {
        int is_last = feed - line >= 4 && line[3] != '-';
        enum heard heard = feed - line < 4 ? IS_WRONG : is_last ? take_reply(c, line) : GOES_ON;
        if (heard == IS_WRONG) fail(c, "unexpected reply", line);
        if (heard == IS_CLOSED) close_and_reopen(c);
        if (heard != GOES_ON) return heard;
        line = feed + 1;
    }
    c->in_length = (int)(end - line);
    memmove(c->in, line, (size_t)c->in_length);
    if (c->in_length < (int)sizeof c->in - 1) return GOES_ON;
    fail(c, "reply too long", c->in);
    return IS_WRONG;
}

static void on_event(struct connection *c, unsigned events) {
    if (c->fd < 0) return;
    if ((events & EPOLLOUT) && flush(c)) {
        fail(c, "cannot write", strerror(errno));
        return;
    }
    for (;;) {
        enum progress p = c->state == HANDSHAKE ? shake_hands(c) : DONE;
        if (p == DONE) p = read_some(c);
        if (p == BROKEN) fail(c, "closed by the server", strerror(errno));
        if (p != DONE || take_replies(c) != GOES_ON) return;
        if (!c->ssl && c->state != HANDSHAKE) return; /* epoll tells when there is more */
    }
}

void wait_for_events(int milliseconds) {
    struct epoll_event events[512];
    int n = epoll_wait(epoll, events, 512, milliseconds);
    for (int i = 0; i < n; i++)
        if (events[i].data.ptr) on_event(events[i].data.ptr, events[i].events);
}
