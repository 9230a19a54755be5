package io.simplesmtp.app;

import io.simplesmtp.Envelope;
import io.simplesmtp.Reply;
import io.simplesmtp.server.Session;
import io.simplesmtp.server.SmtpHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.atomic.LongAdder;

/** Reads messages to their end and counts them. Safe for use by any thread. */
final class Tally implements SmtpHandler {

  private static final OutputStream NOWHERE = OutputStream.nullOutputStream();

  private final LongAdder messages = new LongAdder();
  private final LongAdder octets = new LongAdder();

  @Override
  public Reply data(Session session, Envelope envelope, InputStream content) throws IOException {
    octets.add(content.transferTo(NOWHERE));
    messages.increment();
    return Reply.OK;
  }

  /** The messages so far. */
  long messages() {
    return messages.sum();
  }

  /** Their octets. */
  long octets() {
    return octets.sum();
  }
}
