/*
 * gen: drives an SMTP server on 127.0.0.1 with many connections from one thread, and tells what each
 * message cost the server. Every reply code is checked; what is not as it must be counts as an error,
 * and makes the exit status 3. Every run is bounded in time.
 *
 *   gen [options] PORT
 *   -c N    connections at once                               (default 32)
 *   -n N    messages of a connection, 0 for any number        (default 1)
 *   -s N    bytes of a message, headers included              (default 1024)
 *   -P      pipelined, in the groups of RFC 2920; else a reply is awaited after each command
 *   -T      STARTTLS, TLS 1.3, a full handshake on each connection
 *   -w SEC  warm-up before the window                         (default 1)
 *   -t SEC  the window that is measured                       (default 3)
 *   -x      exact: no warm-up, and the window ends with the last message that began in it; for
 *           messages so big that few are done in a window
 *   -m N    no more than N messages; implies -x
 *   -r N    N messages a second, evenly spaced, whether or not the server keeps up; what a message
 *           takes is counted from when it was due
 *   -I      idle: open the connections, say EHLO, hold them until standard input ends
 *   -p PID  the server, whose CPU and memory are accounted
 *
 * The result is one object of JSON on standard output; times are in microseconds for each message.
 */
#include "gen.h"
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

struct options options = {.connections = 32, .per_connection = 1, .size = 1024, .warm_up = 1, .window = 3};
struct totals totals;

static int read_options(int argc, char **argv) {
    int o;
    while ((o = getopt(argc, argv, "c:n:s:PTw:t:xm:r:Ip:")) != -1) {
        switch (o) {
        case 'c': options.connections = atoi(optarg); break;
        case 'n': options.per_connection = atoi(optarg); break;
        case 's': options.size = strtoul(optarg, 0, 10); break;
        case 'P': options.is_pipelined = 1; break;
        case 'T': options.is_tls = 1; break;
        case 'w': options.warm_up = atof(optarg); break;
        case 't': options.window = atof(optarg); break;
        case 'x': options.is_exact = 1; break;
        case 'm':
            options.count = strtoul(optarg, 0, 10);
            options.is_exact = 1;
            break;
        case 'r': options.rate = atof(optarg); break;
        case 'I': options.is_idle = 1; break;
        case 'p': options.pid = atoi(optarg); break;
        default: return 0;
        }
    }
    if (options.is_exact) options.warm_up = 0;
    options.port = optind < argc ? atoi(argv[optind]) : 0;
    return options.port > 0 && options.connections > 0 && options.warm_up + options.window <= 600 &&
           !(options.is_pipelined && options.rate > 0);
}

int main(int argc, char **argv) {
    if (!read_options(argc, argv)) {
        fprintf(stderr, "usage: gen [-c N] [-n N] [-s N] [-PT] [-w SEC] [-t SEC] [-x] [-m N] [-r N] [-I] [-p PID] PORT\n");
        return 1;
    }
    signal(SIGPIPE, SIG_IGN);
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    make_messages();
    prepare_connections();
    return options.is_idle ? run_idle() : run_load();
}
