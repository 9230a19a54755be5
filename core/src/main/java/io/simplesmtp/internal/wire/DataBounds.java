package io.simplesmtp.internal.wire;

/**
 * What mail data is held to.
 *
 * @param messageSize the most octets of the content
 * @param headerSize the most octets before the first empty line
 * @param textLine the most octets of a line with its CR LF
 * @param isStrict whether bare CR, bare LF and NUL are violations
 */
public record DataBounds(long messageSize, long headerSize, int textLine, boolean isStrict) {}
