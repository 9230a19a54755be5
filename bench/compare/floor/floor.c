/*
 * floor: the least that receiving mail can cost here. One thread on epoll answers by the first letter of
 * a line, looks for the end of the content and keeps nothing. It is no SMTP server: it checks nothing.
 *
 *   floor PORT      listens on 127.0.0.1 until SIGTERM, then says how many messages it took
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#define END "\r\n.\r\n"
enum { END_LENGTH = sizeof END - 1 };

struct connection {
    int fd;
    int is_content;
    size_t matched;  /* bytes of END at the end of what came so far */
    char verb;       /* the first letter of a line of which the end has not come */
};

struct replies {
    char text[65536];
    size_t length;
};

static char input[262144];
static unsigned long accepted;
static volatile sig_atomic_t is_ended;

static void end(int signal) {
    (void)signal;
    is_ended = 1;
}

static void say(struct replies *replies, const char *text) {
    size_t length = strlen(text);
    if (replies->length + length > sizeof replies->text) return;
    memcpy(replies->text + replies->length, text, length);
    replies->length += length;
}

/* Where END begins, or begins and is cut off at the end of the input; or NULL. */
static const char *find_end(const char *p, const char *limit) {
    while ((p = memchr(p, '\r', (size_t)(limit - p)))) {
        size_t left = (size_t)(limit - p);
        if (left >= END_LENGTH ? p[2] == '.' && !memcmp(p, END, END_LENGTH) : !memcmp(p, END, left)) return p;
        p++;
    }
    return NULL;
}

/* Takes content, and returns what lies behind it. */
static const char *take_content(struct connection *c, const char *p, const char *limit, struct replies *replies) {
    while (p < limit && c->matched < END_LENGTH) {
        if (c->matched && *p == END[c->matched]) {
            c->matched++;
            p++;
            continue;
        }
        c->matched = 0;
        const char *found = find_end(p, limit);
        if (!found) return limit;
        c->matched = 1;
        p = found + 1;
    }
    if (c->matched < END_LENGTH) return p;
    c->is_content = 0;
    accepted++;
    say(replies, "250 OK\r\n");
    return p;
}

/* Takes a line or a part of one, and returns what lies behind it; or NULL after QUIT. */
static const char *take_line(struct connection *c, const char *p, const char *limit, struct replies *replies) {
    if (!c->verb) c->verb = *p;
    const char *feed = memchr(p, '\n', (size_t)(limit - p));
    if (!feed) return limit;
    char verb = c->verb;
    c->verb = 0;
    switch (verb) {
    case 'E': say(replies, "250-floor\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 SIZE\r\n"); break;
    case 'D':
        say(replies, "354 go\r\n");
        c->is_content = 1;
        c->matched = 2; /* the end of this line */
        break;
    case 'Q': say(replies, "221 bye\r\n"); return NULL;
    default: say(replies, "250 OK\r\n");
    }
    return feed + 1;
}

static void on_input(struct connection *c) {
    struct replies replies;
    replies.length = 0;
    ssize_t n = recv(c->fd, input, sizeof input, 0);
    if (n < 0 && errno == EAGAIN) return;
    const char *p = n > 0 ? input : NULL, *limit = input + n;
    while (p && p < limit) p = c->is_content ? take_content(c, p, limit, &replies) : take_line(c, p, limit, &replies);
    if (replies.length && send(c->fd, replies.text, replies.length, MSG_NOSIGNAL) < 0) p = NULL;
    if (p) return;
    close(c->fd);
    free(c);
}

static void accept_all(int epoll, int listener) {
    int fd, one = 1;
    while ((fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK)) >= 0) {
        struct connection *c = calloc(1, sizeof *c);
        struct epoll_event e = {.events = EPOLLIN, .data.ptr = c};
        if (!c) exit(1);
        c->fd = fd;
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &e);
        if (send(fd, "220 floor\r\n", 11, MSG_NOSIGNAL) < 0) continue; /* its input will end */
    }
}

static int listen_on(int port) {
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), one = 1;
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons((unsigned short)port)};
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (bind(listener, (struct sockaddr *)&at, sizeof at) || listen(listener, 4096)) {
        perror("floor: listen");
        exit(1);
    }
    return listener;
}

int main(int argc, char **argv) {
    if (argc != 2) {
        fprintf(stderr, "usage: floor PORT\n");
        return 1;
    }
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    struct sigaction on_term = {.sa_handler = end};
    sigaction(SIGTERM, &on_term, NULL);
    int listener = listen_on(atoi(argv[1])), epoll = epoll_create1(0);
    struct epoll_event e = {.events = EPOLLIN, .data.ptr = NULL}, events[512];
    epoll_ctl(epoll, EPOLL_CTL_ADD, listener, &e);
    while (!is_ended) {
        int n = epoll_wait(epoll, events, 512, -1);
        for (int i = 0; i < n; i++) {
            if (events[i].data.ptr) on_input(events[i].data.ptr);
            else accept_all(epoll, listener);
        }
    }
    printf("accepted %lu\n", accepted);
    return 0;
}
