package io.simplesmtp.internal.session;

import io.simplesmtp.Envelope;
import io.simplesmtp.PerRecipient;
import io.simplesmtp.Reply;
import io.simplesmtp.auth.Identity;
import io.simplesmtp.server.CloseCause;
import io.simplesmtp.server.ServerEvents;
import io.simplesmtp.server.Session;
import io.simplesmtp.server.TlsInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Events that keep a line of each thing that they are told, in their order. */
final class Told implements ServerEvents {

  private final List<String> lines = new ArrayList<>();

  List<String> lines() {
    return lines;
  }

  @Override
  public void connected(Session session) {
    lines.add("connected");
  }

  @Override
  public void secured(Session session) {
    lines.add("secured " + session.tls().map(TlsInfo::protocol).orElse("not at all"));
  }

  @Override
  public void handshakeFailed(Session session, String reason) {
    lines.add("handshake failed: " + reason);
  }

  @Override
  public void authenticated(Session session) {
    lines.add("authenticated " + session.identity().map(Identity::name).orElse("nobody"));
  }

  @Override
  public void authenticationFailed(Session session, String mechanism, Reply reply) {
    lines.add(mechanism + " failed: " + reply.code());
  }

  @Override
  public void command(Session session, String line) {
    lines.add("C: " + line);
  }

  @Override
  public void reply(Session session, Reply reply) {
    lines.add("S: " + reply.code());
  }

  @Override
  public void perRecipient(Session session, Envelope envelope, PerRecipient replies) {
    lines.add(
        replies.replies().stream()
            .map(reply -> String.valueOf(reply.code()))
            .collect(Collectors.joining(" ", "each: ", "")));
  }

  @Override
  public void accepted(Session session, Envelope envelope, long octets, Reply reply) {
    lines.add("accepted " + octets);
  }

  @Override
  public void refused(Session session, Envelope envelope, Reply reply) {
    lines.add("refused: " + reply);
  }

  @Override
  public void closed(Session session, CloseCause cause) {
    lines.add("closed " + cause);
  }
}
