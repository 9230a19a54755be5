package io.simplesmtp.app.load;

/**
 * How far a load has come.
 *
 * @param part 0 to 1
 * @param nanos since its begin
 */
public record Progress(double part, long nanos, long accepted, long failed) {}
