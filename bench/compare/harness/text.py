"""The sentences of the page that do not depend on what was measured."""

TOP = """
# Benchmarks

What receiving a message costs the server: its CPU, user and system, in microseconds for each message. Every server discards what it
receives; all of them got the same load from the same generator on the same machine. Less is better. `floor` is no SMTP server but
the least that is possible here: a C program that answers by the first letter of a line. `floor (Java)` is the same with a virtual thread
for each connection.

![Server CPU for each message](cpu.svg)
"""

METHOD = """
The load comes from `bench/compare/gen`, a C program on epoll in one thread, over 127.0.0.1. It checks every reply code; a run with a single wrong
reply has no figure. The server's CPU is read from the clock that the operating system keeps for its process, which includes threads that have ended,
at both ends of a window of {seconds:g} s after {warm_up:g} s of the same load. Each figure is the median of {repetitions} such runs. All servers of a comparison run;
one after the other is sent to, round after round, so that a slow spell of the machine falls on all alike. A run in which other programs took more
than {other_cores:g} cores is repeated.

Before that each server gets some known messages (an empty one, dots at the beginning of lines, the longest line, 64 KiB), and load to warm up:
for a server on a JVM {jvm_warm_up:g} s of the same workloads, again and again until its compilers take less than {compiling_cores:g} cores, at most {most_warm_up:g} s; less for others. Messages are lines of base64. A connection that is kept is replaced after 200
messages (50 of 10 MiB). For messages of 100 MiB the window ends with the last one that began in it.

simplesmtp runs as a user starts it: `./simplesmtp sink --quiet` with limits of connections and sizes raised, and its default strictness. The servers in Java run on the
same JDK. All of them have `{heap}`, and the collector that the JDK chooses; what the launcher of simplesmtp sets comes before that, and the last table shows what each JVM has made of it.
Plain workloads have no TLS configured, `--no-tls` here; for e32 and et4 all have the same P-256 certificate, TLS 1.3 and no resumption.

Latency is taken at a fixed rate, from the moment when a message is due, so that a server that stalls is charged for all messages that had to wait.
Memory is what the process has resident after collections, with the connections open, less the same before they were opened and after a load that
warms it up; each repetition is a new process. It leaves out what the kernel keeps for sockets, which is the same for all. Start is from the start of the process (of
the launcher, for simplesmtp) to the first 220, the median of {starts}. simplesmtp (library) is a small main of the library alone, as the mains of the other libraries in Java are;
it takes part in the start only.
"""

REPEAT = """
On Debian, with [bench/compare](../../bench/compare):

```sh
bench/compare/compare run{variants}
```

It takes about an hour, and goes on where it was broken off. Every repetition is in
[load.csv](load.csv), [idle.csv](idle.csv) and [start.csv](start.csv); [acceptance.csv](acceptance.csv) has the counts of messages.
"""
