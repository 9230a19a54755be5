package io.simplesmtp.app.load;

import java.time.Duration;
import java.util.Optional;

/**
 * How much is sent, and how fast.
 *
 * @param sessions at a time
 * @param messages in all; {@link Long#MAX_VALUE} for any number
 * @param duration after which no message is begun, if there is one
 * @param interval between the beginnings of two messages, in nanoseconds; 0 for none
 * @param perConnection messages over each connection; {@link Long#MAX_VALUE} for any number
 */
public record Pace(
    int sessions,
    long messages,
    Optional<Duration> duration,
    double interval,
    long perConnection) {}
