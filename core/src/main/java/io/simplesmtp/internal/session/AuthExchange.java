package io.simplesmtp.internal.session;

import io.simplesmtp.Reply;
import io.simplesmtp.auth.ChannelBindings;
import io.simplesmtp.auth.Identity;
import io.simplesmtp.auth.SaslExchange;
import io.simplesmtp.auth.SaslStep;
import io.simplesmtp.internal.protocol.Replies;
import io.simplesmtp.internal.protocol.Step;
import io.simplesmtp.internal.wire.ReplyWriter;
import io.simplesmtp.internal.wire.WireReader;
import io.simplesmtp.server.Session;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** AUTH from its first challenge to its final reply (RFC 4954 section 4). */
final class AuthExchange {

  /** The longest line of a response with its CR LF, RFC 4954 section 4. */
  static final int MAX_LINE = 12_288;

  private static final String VERB = "AUTH ";

  /** More rounds than any mechanism has. */
  private static final int MAX_ROUNDS = 16;

  private final WireReader reader;
  private final ReplyWriter writer;
  private final ClientInput input;
  private final Authentication authentication;
  private final ChannelBindings bindings;
  private final Observation observation;
  private @Nullable SaslExchange exchange;
  private @Nullable Identity identity;
  private boolean isUnderWay;

  AuthExchange(
      WireReader reader,
      ReplyWriter writer,
      ClientInput input,
      Authentication authentication,
      ChannelBindings bindings,
      Observation observation) {
    this.reader = reader;
    this.writer = writer;
    this.input = input;
    this.authentication = authentication;
    this.bindings = bindings;
    this.observation = observation;
  }

  /** Whether a line is an AUTH command with something behind it. */
  static boolean isBegunBy(byte[] line, int from, int to) {
    return to - from > VERB.length()
        && new String(line, from, VERB.length(), StandardCharsets.ISO_8859_1)
            .equalsIgnoreCase(VERB);
  }

  /** Who the client proved to be. */
  Optional<Identity> identity() {
    return Optional.ofNullable(identity);
  }

  /**
   * Runs the exchange; blocks for the client's responses. {@link #end} is called behind it, when
   * its failure is counted.
   *
   * @throws IOException if the client is gone or too slow, which counts as a failure, because a
   *     challenge may have told it that it failed
   */
  Reply run(Session session, Step.Auth auth) throws IOException {
    isUnderWay = authentication.begins(session);
    if (!isUnderWay) {
      return Replies.TOO_MANY_AUTH_FAILURES_FROM_CLIENT;
    }
    try {
      return rounds(session, auth);
    } catch (IOException e) {
      Duration unused = authentication.failed(session, 1);
      throw e;
    }
  }

  private Reply rounds(Session session, Step.Auth auth) throws IOException {
    String mechanism = auth.mechanism();
    Optional<String> initial = auth.initialResponse();
    Result result =
        initial.isEmpty()
            ? ask(session, () -> exchange(session, mechanism).start())
            : respond(session, mechanism, initial.get().equals("=") ? "" : initial.get());
    for (int round = 0; round < MAX_ROUNDS; round++) {
      if (!(result.step() instanceof SaslStep.Challenge challenge)) {
        return result.reply();
      }
      writer.challenge(challenge.octets());
      observation.challenge(session);
      input.expectLine(reader.hasBuffered());
      switch (reader.readLine(MAX_LINE)) {
        case END -> throw new EOFException("The client left during AUTH");
        case TOO_LONG -> {
          observation.tooLong(session);
          return Replies.AUTH_LINE_TOO_LONG;
        }
        case FOREIGN -> {
          return Replies.BAD_BASE64; // and what is no line either ends the session
        }
        case READ -> observation.secret(session);
      }
      String line = line();
      if (line.equals("*")) {
        return Replies.AUTH_CANCELLED;
      }
      result = respond(session, mechanism, line);
    }
    return Replies.BAD_RESPONSE;
  }

  /** What a response led to: the next step, and the reply if it is the last. */
  private record Result(@Nullable SaslStep step, Reply reply) {}

  /** A part of the exchange that may throw anything. */
  @FunctionalInterface
  private interface Round {
    SaslStep step() throws Exception;
  }

  private Result respond(Session session, String mechanism, String base64) {
    byte[] response;
    try {
      response = Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      return new Result(null, Replies.BAD_BASE64);
    }
    return ask(session, () -> exchange(session, mechanism).respond(response));
  }

  /** Lets the exchange count as under way no longer. */
  void end(Session session) {
    if (isUnderWay) {
      isUnderWay = false;
      authentication.ends(session);
    }
  }

  private Result ask(Session session, Round round) {
    SaslStep[] step = new SaslStep[1];
    Reply reply =
        HandlerCalls.ask(
            session,
            "the check of credentials",
            Replies.AUTH_UNAVAILABLE,
            () -> {
              step[0] = round.step();
              return reply(step[0]);
            });
    return new Result(step[0], reply);
  }

  private Reply reply(SaslStep step) {
    return switch (step) {
      case SaslStep.Challenge challenge -> Reply.OK;
      case SaslStep.Success success -> {
        identity = success.identity();
        yield Replies.AUTHENTICATED;
      }
      case SaslStep.Failure failure -> Replies.BAD_CREDENTIALS;
      case SaslStep.Malformed malformed -> Replies.BAD_RESPONSE;
    };
  }

  /** The exchange, which begins with its first use: a mechanism may throw there, too. */
  private SaslExchange exchange(Session session, String name) {
    SaslExchange begun = exchange;
    if (begun == null) {
      begun = authentication.begin(session, bindings, name);
      exchange = begun;
    }
    return begun;
  }

  private String line() {
    int from = reader.lineStart();
    return new String(reader.buffer(), from, reader.lineEnd() - from, StandardCharsets.ISO_8859_1);
  }
}
