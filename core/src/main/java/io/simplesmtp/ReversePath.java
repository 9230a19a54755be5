package io.simplesmtp;

/**
 * Where reports of non-delivery go: a mailbox, or nowhere (RFC 5321 sections 3.3 and 4.5.5).
 *
 * <pre>{@code
 * String reportTo = switch (mailFrom.reversePath()) {
 *   case Mailbox sender -> sender.toString();
 *   case NullPath nobody -> "nobody";
 * };
 * }</pre>
 *
 * <p>Immutable and safe for use by any thread.
 */
public sealed interface ReversePath permits Mailbox, NullPath {

  /** The null reverse-path, {@code <>}. */
  ReversePath NULL = new NullPath();

  /** The path in its angle brackets, as MAIL and Return-Path carry it. */
  String path();

  /** Whether all characters are ASCII, so that no SMTPUTF8 is needed to write it. */
  boolean isAscii();
}
