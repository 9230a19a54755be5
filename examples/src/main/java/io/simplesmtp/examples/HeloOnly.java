package io.simplesmtp.examples;

import io.simplesmtp.Envelope;
import io.simplesmtp.Hello;
import io.simplesmtp.Reply;
import io.simplesmtp.server.Session;
import io.simplesmtp.server.SmtpHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Speaks SMTP without service extensions: the counterpart of disableEHLO. */
record HeloOnly() implements SmtpHandler {

  @Override
  public Reply hello(Session session, Hello hello) {
    return hello.isExtended() ? Reply.of(502, "Say HELO") : Reply.OK;
  }

  @Override
  public Reply data(Session session, Envelope envelope, InputStream content) throws IOException {
    content.transferTo(OutputStream.nullOutputStream());
    return Reply.OK;
  }
}
