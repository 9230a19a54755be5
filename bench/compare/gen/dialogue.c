/* What clients say, and whether the server answers as it must. */
#include "gen.h"
#include <stdlib.h>
#include <string.h>

static const char EHLO_LINE[] = "EHLO client.bench.example\r\n", MAIL_LINE[] = "MAIL FROM:<sender@bench.example>\r\n",
                  RCPT_LINE[] = "RCPT TO:<rcpt@bench.example>\r\n";

/* Connections that wait for a message of their own, the one that waits longest first. */
static struct connection *first_ready, *last_ready;

struct connection *take_ready(void) {
    struct connection *c = first_ready;
    if (c) first_ready = c->next_ready;
    return c;
}

static enum heard wait_for_turn(struct connection *c) {
    c->state = READY;
    c->next_ready = NULL;
    if (first_ready) last_ready->next_ready = c;
    else first_ready = c;
    last_ready = c;
    return GOES_ON;
}

static enum heard say(struct connection *c, const char *text, enum state next) {
    return send_bytes(c, text, strlen(text), next) ? IS_WRONG : GOES_ON;
}

int greet_again(struct connection *c) { return say(c, EHLO_LINE, SECOND_EHLO) == IS_WRONG; }

void quit_when_ready(struct connection *c) {
    if (say(c, "QUIT\r\n", QUIT) == IS_WRONG) close_connection(c);
}

/* Whether there is another message for this connection, when it will have sent so many. */
static int has_another(int sent) {
    return !totals.is_stopping && (!options.per_connection || sent < options.per_connection) &&
           (!options.count || totals.begun < options.count);
}

int begin_message(struct connection *c, uint64_t intended) {
    totals.begun++;
    c->begun = intended;
    if (options.is_pipelined) return send_bytes(c, mail_group.start, mail_group.length, MAIL);
    return send_bytes(c, MAIL_LINE, strlen(MAIL_LINE), MAIL);
}

static enum heard next_message(struct connection *c) {
    if (!has_another(c->accepted)) return say(c, "QUIT\r\n", QUIT);
    if (options.rate > 0) return wait_for_turn(c);
    /* What the first message of a connection takes includes the connection. */
    return begin_message(c, c->accepted ? now() : c->begun) ? IS_WRONG : GOES_ON;
}

static enum heard send_content(struct connection *c) {
    struct bytes *bytes = &content;
    if (options.is_pipelined) {
        c->quit_sent = !has_another(c->accepted + 1);
        bytes = c->quit_sent ? &content_and_quit : &content_and_mail;
        if (!c->quit_sent) totals.begun++;
    }
    return send_bytes(c, bytes->start, bytes->length, CONTENT) ? IS_WRONG : GOES_ON;
}

static enum heard message_accepted(struct connection *c) {
    c->accepted++;
    note_accepted(c);
    if (!options.is_pipelined) return next_message(c);
    c->begun = now();
    c->state = c->quit_sent ? QUIT : MAIL;
    return GOES_ON;
}

static enum heard after_ehlo(struct connection *c) {
    if (options.is_tls && !c->ssl) return say(c, "STARTTLS\r\n", STARTTLS);
    if (!options.is_idle) return next_message(c);
    totals.held++;
    c->state = HELD;
    return GOES_ON;
}

static int expected(enum state state) {
    switch (state) {
    case BANNER:
    case STARTTLS: return 220;
    case EHLO:
    case SECOND_EHLO:
    case MAIL:
    case RCPT:
    case CONTENT: return 250;
    case DATA: return 354;
    case QUIT: return 221;
    case HANDSHAKE:
    case READY:
    case HELD: break; /* it was not asked */
    }
    return -1;
}

/* Takes the last line of a reply and says what comes next. */
enum heard take_reply(struct connection *c, const char *line) {
    if (atoi(line) != expected(c->state)) return IS_WRONG;
    switch (c->state) {
    case BANNER: return say(c, EHLO_LINE, EHLO);
    case STARTTLS: c->state = HANDSHAKE; return GOES_ON;
    case EHLO:
    case SECOND_EHLO: return after_ehlo(c);
    case MAIL:
        if (!options.is_pipelined) return say(c, RCPT_LINE, RCPT);
        c->state = RCPT;
        return GOES_ON;
    case RCPT:
        if (!options.is_pipelined) return say(c, "DATA\r\n", DATA);
        c->state = DATA;
        return GOES_ON;
    case DATA: return send_content(c);
    case CONTENT: return message_accepted(c);
    case QUIT: return IS_CLOSED;
    case HANDSHAKE:
    case READY:
    case HELD: break;
    }
    return IS_WRONG;
}
