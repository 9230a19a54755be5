/* The bytes that clients send. They are made once, so that sending costs no more than it must. */
#include "gen.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct bytes mail_group, content, content_and_mail, content_and_quit;

static const char HEADERS[] =
    "From: <sender@bench.example>\r\nTo: <rcpt@bench.example>\r\nSubject: bench\r\n"
    "Date: Thu, 01 Jan 2026 00:00:00 +0000\r\nMessage-ID: <1@bench.example>\r\n\r\n";
static const char GROUP[] = "MAIL FROM:<sender@bench.example>\r\nRCPT TO:<rcpt@bench.example>\r\nDATA\r\n";
static const char ALPHABET[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
enum { LINE = 76 }; /* as base64 has them */

static struct bytes followed_by(struct bytes first, const char *second) {
    size_t length = strlen(second);
    struct bytes both = {malloc(first.length + length + 1), first.length + length};
    if (!both.start) exit(1);
    if (first.length) memcpy(both.start, first.start, first.length);
    memcpy(both.start + first.length, second, length + 1);
    return both;
}

void make_messages(void) {
    size_t length = strlen(HEADERS);
    if (options.size < length + 4) {
        fprintf(stderr, "gen: a message has at least %zu bytes\n", length + 4);
        exit(1);
    }
    struct bytes message = {malloc(options.size), options.size};
    if (!message.start) exit(1);
    memcpy(message.start, HEADERS, length);
    while (length < options.size) {
        size_t left = options.size - length;
        size_t line = left >= LINE + 2 + 4 ? LINE : left - 2;
        for (size_t i = 0; i < line; i++) message.start[length + i] = ALPHABET[(length + i * 7) % 64];
        memcpy(message.start + length + line, "\r\n", 2);
        length += line + 2;
    }
    content = followed_by(message, ".\r\n");
    free(message.start);
    if (options.is_pipelined) {
        mail_group = followed_by((struct bytes){NULL, 0}, GROUP);
        content_and_mail = followed_by(content, GROUP);
        content_and_quit = followed_by(content, "QUIT\r\n");
    }
}
