package io.simplesmtp.transcripts;

/** A line of a transcript that is part of the dialogue. */
sealed interface Step {

  /** Where it stands in its file. */
  int line();

  /** What the server must say next; everything but the client's part. */
  sealed interface Expectation extends Step {}

  /** {@code C:} and {@code C~}. */
  record Send(int line, Octets octets) implements Step {}

  /** {@code TLS}. */
  record Handshake(int line) implements Step {}

  /** {@code C-close}. */
  record ClientCloses(int line) implements Step {}

  /** {@code S-close}. */
  record ServerCloses(int line) implements Step {}

  /** {@code S:} and {@code S~}, as often as it is to be heard. */
  record Line(int line, int times, String text) implements Expectation {}

  /** {@code S*}. */
  record Rest(int line, String code) implements Expectation {}

  /** {@code S-one-write}. */
  record OneWrite(int line) implements Expectation {}
}
