package io.simplesmtp.internal.session;

import io.simplesmtp.Envelope;
import io.simplesmtp.Hello;
import io.simplesmtp.MailFrom;
import io.simplesmtp.Parameter;
import io.simplesmtp.RcptTo;
import io.simplesmtp.Reply;
import io.simplesmtp.internal.protocol.Grammar;
import io.simplesmtp.internal.protocol.Offer;
import io.simplesmtp.internal.protocol.Replies;
import io.simplesmtp.internal.protocol.Rules;
import io.simplesmtp.server.Extension;
import io.simplesmtp.server.Extension.Need;
import io.simplesmtp.server.Session;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The service extensions of a listener: what they add to its grammar, and what of them a client is
 * offered. Immutable and safe for use by any thread.
 */
public final class Extensions {

  private static final List<String> COMMANDS =
      List.of("MAIL", "RCPT", "DATA", "BDAT", "RSET", "NOOP", "QUIT", "VRFY", "EXPN", "HELP");

  private final Rules rules;
  private final List<Extension> all;
  private final boolean areOurs;

  /** Adds extensions of the application to the standard ones. */
  public Extensions(Rules rules, List<Extension> more) {
    this.rules = rules;
    List<Extension> extensions = new ArrayList<>(StandardExtensions.of(rules));
    extensions.addAll(more);
    this.all = List.copyOf(extensions);
    this.areOurs = more.isEmpty();
  }

  /** The standard ones of a listener that can do all there is, to know their names. */
  static Extensions standard() {
    Rules.Bounds bounds = new Rules.Bounds(1, 1, 1, 1, 1, 1, 1);
    return new Extensions(
        new Rules("localhost", false, bounds, true, false, List.of("PLAIN"), false, true),
        List.of());
  }

  /** Whether none is the application's, so that their answers come at once. */
  boolean areOurs() {
    return areOurs;
  }

  /** All of them, in the order in which they are announced. */
  List<Extension> all() {
    return all;
  }

  /** What they add to the grammar. */
  public Grammar grammar() {
    Map<String, Parameter<?>> mail = new HashMap<>();
    Map<String, Parameter<?>> rcpt = new HashMap<>();
    Set<String> verbs = new HashSet<>();
    for (Extension extension : all) {
      for (Parameter<?> parameter : extension.mailParameters()) {
        mail.put(parameter.keyword(), parameter);
      }
      for (Parameter<?> parameter : extension.rcptParameters()) {
        rcpt.put(parameter.keyword(), parameter);
      }
      verbs.addAll(extension.verbs());
    }
    return new Grammar(rules.isLmtp(), mail, rcpt, verbs);
  }

  /**
   * What a client is offered as its session is now.
   *
   * @param mechanisms the names of the SASL mechanisms that it is offered
   * @throws IllegalArgumentException if an extension announces what cannot stand in a reply
   */
  Offer offer(Session session, List<String> mechanisms) {
    List<String> lines = new ArrayList<>();
    Set<Parameter<?>> parameters = new HashSet<>();
    if (session.hello().filter(Hello::isExtended).isEmpty()) {
      return new Offer(lines, parameters, mechanisms); // RFC 5321 section 2.2.1
    }
    for (Extension extension : all) {
      Optional<String> line = line(extension, session, mechanisms);
      if (line.isPresent()) {
        lines.add(line.get());
        parameters.addAll(extension.mailParameters());
        parameters.addAll(extension.rcptParameters());
      }
    }
    List<String> reply = new ArrayList<>(lines);
    reply.add(0, rules.hostname());
    Reply unused = Replies.hello(reply); // a line that is none is the extension's fault
    return new Offer(lines, parameters, mechanisms);
  }

  private static Optional<String> line(
      Extension extension, Session session, List<String> mechanisms) {
    if (extension.keyword().equals(StandardExtensions.AUTH)) {
      return StandardExtensions.authLine(mechanisms);
    }
    return lacking(extension, session).isEmpty() ? extension.line(session) : Optional.empty();
  }

  /** What an extension has against a MAIL, whether the client is offered it or not. */
  Optional<Reply> refusal(Session session, MailFrom from) {
    for (Extension extension : all) {
      Optional<Reply> refusal = extension.refusal(session, from);
      if (refusal.isPresent()) {
        return refusal;
      }
    }
    return Optional.empty();
  }

  /** What an extension has against a RCPT, whether the client is offered it or not. */
  Optional<Reply> refusal(Session session, Envelope soFar, RcptTo to) {
    for (Extension extension : all) {
      Optional<Reply> refusal = extension.refusal(session, soFar, to);
      if (refusal.isPresent()) {
        return refusal;
      }
    }
    return Optional.empty();
  }

  /** Carries out a verb of an extension's. */
  Reply command(Session session, String verb, String argument) throws Exception {
    for (Extension extension : all) {
      if (extension.verbs().contains(verb)) {
        Optional<Reply> lacking = lacking(extension, session);
        if (lacking.isPresent()) {
          return lacking.get();
        }
        return extension.line(session).isEmpty()
            ? Replies.UNKNOWN_COMMAND
            : extension.command(session, verb, argument);
      }
    }
    throw new IllegalArgumentException("No extension has the verb " + verb);
  }

  /** What HELP says: the commands that are served to this client, in this session or later. */
  Reply help(Session session) {
    List<String> commands = new ArrayList<>();
    commands.addAll(rules.isLmtp() ? List.of("LHLO") : List.of("HELO", "EHLO"));
    commands.addAll(COMMANDS);
    addIf(rules.isTlsOffered(), "STARTTLS", commands);
    addIf(!rules.mechanisms().isEmpty(), "AUTH", commands);
    addIf(Attribution.mayUseXclient(session), "XCLIENT", commands);
    addIf(Attribution.mayUseXforward(session), "XFORWARD", commands);
    Set<String> own = new HashSet<>();
    all.forEach(extension -> own.addAll(extension.verbs()));
    return Replies.help(rules.isLmtp(), commands, own);
  }

  private static void addIf(boolean isServed, String command, List<String> commands) {
    if (isServed) {
      commands.add(command);
    }
  }

  private static Optional<Reply> lacking(Extension extension, Session session) {
    Set<Need> needs = extension.needs();
    if (needs.contains(Need.TLS) && !session.isSecure()) {
      return Optional.of(Replies.TLS_FIRST);
    }
    return needs.contains(Need.AUTHENTICATION) && !session.isAuthenticated()
        ? Optional.of(Replies.AUTH_FIRST)
        : Optional.empty();
  }
}
