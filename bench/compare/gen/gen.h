/* What the parts of the load generator share; gen.c says what it does. */
#ifndef GEN_H
#define GEN_H

#include <openssl/ssl.h>
#include <stddef.h>
#include <stdint.h>

/* What a connection waits for. */
enum state { BANNER, EHLO, STARTTLS, HANDSHAKE, SECOND_EHLO, READY, MAIL, RCPT, DATA, CONTENT, QUIT, HELD };

struct connection {
    int fd, events; /* -1 when closed; what epoll watches for */
    SSL *ssl;
    enum state state;
    int accepted;  /* messages so far */
    int quit_sent; /* QUIT went out behind the content */
    const char *out;
    size_t out_length, out_sent;
    uint64_t begun; /* when the message began, or should have begun: nanoseconds */
    struct connection *next_ready;
    int in_length;
    char in[2048];
};

struct options {
    int connections, per_connection, is_pipelined, is_tls, is_idle, is_exact, port, pid;
    size_t size;
    uint64_t count; /* no more messages than that, or 0 */
    double rate, warm_up, window;
};
extern struct options options;

/* What has happened so far. */
struct totals {
    uint64_t begun, accepted, errors;
    int open, held;
    int is_stopping; /* no new message, no new connection */
};
extern struct totals totals;

struct bytes {
    char *start;
    size_t length;
};
/* What clients send: the content alone, or with what follows it in a pipeline. */
extern struct bytes mail_group, content, content_and_mail, content_and_quit;
void make_messages(void);

/* connection.c: sockets and TLS. */
extern int epoll;
void prepare_connections(void);
struct connection *connection_at(int i);
void open_connection(struct connection *c);
void close_connection(struct connection *c);
int send_bytes(struct connection *c, const char *bytes, size_t length, enum state next);
void wait_for_events(int milliseconds);

/* dialogue.c: what is said, and whether the answers are right. */
enum heard { GOES_ON, IS_CLOSED, IS_WRONG };
enum heard take_reply(struct connection *c, const char *line);
int greet_again(struct connection *c); /* after the handshake */
int begin_message(struct connection *c, uint64_t intended);
void quit_when_ready(struct connection *c);
struct connection *take_ready(void);

/* load.c and idle.c: the two kinds of run; each prints one line of JSON. */
int run_load(void);
int run_idle(void);
void note_accepted(const struct connection *c);

/* account.c: the accounts of the operating system. */
struct account {
    uint64_t time;                                   /* nanoseconds */
    double server, server_system, generator, machine; /* seconds of CPU */
};
uint64_t now(void);
struct account take_account(void);
void reset_server_peak(void);
long server_peak_kib(void);
void note_latency(uint64_t nanoseconds);
double latency_us(double quantile);

#endif
