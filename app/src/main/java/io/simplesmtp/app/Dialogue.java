package io.simplesmtp.app;

import io.simplesmtp.Envelope;
import io.simplesmtp.Reply;
import io.simplesmtp.server.CloseCause;
import io.simplesmtp.server.ServerEvents;
import io.simplesmtp.server.Session;
import java.io.PrintStream;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;

/**
 * Prints what clients and server say to each other. The engine has masked the secrets and escaped
 * what is not printable.
 */
record Dialogue(PrintStream out) implements ServerEvents {

  @Override
  public void connected(Session session) {
    print(session, "connected from " + client(session));
  }

  @Override
  public void command(Session session, String line) {
    print(session, "C: " + line);
  }

  @Override
  public void reply(Session session, Reply reply) {
    List<String> lines = reply.lines();
    for (int i = 0; i < lines.size(); i++) {
      String separator = i + 1 < lines.size() ? "-" : " ";
      String status = reply.status().map(s -> s + " ").orElse("");
      print(session, "S: " + reply.code() + separator + status + lines.get(i));
    }
  }

  @Override
  public void accepted(Session session, Envelope envelope, long octets, Reply reply) {
    print(session, "(" + octets + " octets of mail data)");
  }

  @Override
  public void closed(Session session, CloseCause cause) {
    print(session, "closed: " + cause.name().toLowerCase(Locale.ROOT).replace('_', ' '));
  }

  private static String client(Session session) {
    return session.connection().clientAddress().map(InetAddress::getHostAddress).orElse("local");
  }

  private void print(Session session, String text) {
    String line = TimeOfDay.millis() + " " + session.id() + " " + text;
    out.println(Plain.of(line));
  }
}
