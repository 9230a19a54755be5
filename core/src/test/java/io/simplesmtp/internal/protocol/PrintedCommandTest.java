package io.simplesmtp.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.simplesmtp.Arbitrary;
import io.simplesmtp.BodyType;
import io.simplesmtp.DeliverBy;
import io.simplesmtp.Domain;
import io.simplesmtp.Envid;
import io.simplesmtp.Hold;
import io.simplesmtp.MailFrom;
import io.simplesmtp.MtPriority;
import io.simplesmtp.Notify;
import io.simplesmtp.OriginalRecipient;
import io.simplesmtp.Parameter;
import io.simplesmtp.Parameters;
import io.simplesmtp.RcptTo;
import io.simplesmtp.Ret;
import io.simplesmtp.ReversePath;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the arguments of MAIL and RCPT print is read as themselves. */
class PrintedCommandTest {

  /** All parameters that there are. */
  static final Grammar GRAMMAR =
      new Grammar(
          false,
          byKeyword(
              Parameter.SIZE,
              Parameter.BODY,
              Parameter.SMTPUTF8,
              Parameter.AUTH,
              Parameter.RET,
              Parameter.ENVID,
              Parameter.PRDR,
              Parameter.REQUIRETLS,
              Parameter.MT_PRIORITY,
              Parameter.HOLDFOR,
              Parameter.HOLDUNTIL,
              Parameter.BY),
          byKeyword(Parameter.NOTIFY, Parameter.ORCPT),
          Set.of());

  private static final CommandParser PARSER =
      new CommandParser(GRAMMAR, false, new Domain("mx.test"));

  private final Random random = new Random(3461);
  private final Arbitrary arbitrary = new Arbitrary(3461);
  private Parameters parameters = Parameters.NONE;

  @Test
  void mailReadsWhatItPrints() {
    for (int round = 0; round < 20_000; round++) {
      parameters = Parameters.NONE;
      maybe(Parameter.SIZE, () -> random.nextLong() & Long.MAX_VALUE);
      maybe(Parameter.BODY, () -> any(BodyType.values()));
      maybe(Parameter.SMTPUTF8, () -> true);
      maybe(Parameter.AUTH, this::path);
      maybe(Parameter.RET, () -> any(Ret.FULL, Ret.HDRS));
      maybe(Parameter.ENVID, () -> new Envid(text(20, 0x7f)));
      maybe(Parameter.PRDR, () -> true);
      maybe(Parameter.REQUIRETLS, () -> true);
      maybe(Parameter.MT_PRIORITY, () -> new MtPriority(random.nextInt(19) - 9));
      maybe(Parameter.HOLDFOR, () -> new Hold.For(seconds()));
      maybe(
          Parameter.HOLDUNTIL,
          () -> new Hold.Until(Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000))));
      maybe(Parameter.BY, this::deliverBy);
      MailFrom from = new MailFrom(path(), parameters);
      assertThat(read("MAIL FROM:" + from))
          .isInstanceOfSatisfying(
              Command.Mail.class, mail -> assertThat(mail.from()).isEqualTo(from));
    }
  }

  @Test
  void rcptReadsWhatItPrints() {
    for (int round = 0; round < 20_000; round++) {
      parameters = Parameters.NONE;
      maybe(Parameter.NOTIFY, this::notification);
      maybe(Parameter.ORCPT, this::originalRecipient);
      RcptTo to = new RcptTo(arbitrary.mailbox(), parameters);
      assertThat(read("RCPT TO:" + to))
          .isInstanceOfSatisfying(Command.Rcpt.class, rcpt -> assertThat(rcpt.to()).isEqualTo(to));
    }
  }

  @Test
  void neverThrowsWhateverTheParameters() {
    String[] atoms = {
      "SIZE=",
      "BODY=",
      "SMTPUTF8",
      "AUTH=",
      "RET=",
      "ENVID=",
      "PRDR",
      "REQUIRETLS",
      "MT-PRIORITY=",
      "HOLDFOR=",
      "HOLDUNTIL=",
      "BY=",
      "NOTIFY=",
      "ORCPT=",
      "NEVER",
      "DELAY",
      "rfc822;",
      "utf-8;",
      " ",
      " ",
      ",",
      ";",
      "=",
      "+",
      "+41",
      "+C3",
      "\\x{",
      "}",
      "FC",
      "D800",
      "110000",
      "-",
      "0",
      "9",
      "99999999999",
      "\u00fc",
      "\u0661",
      "\u2028",
      "N",
      "RT",
      "2030-01-31T",
      "24:00:00",
      "Z",
      "<>",
      "\"",
      "@",
      ".",
      "a"
    };
    for (int round = 0; round < 200_000; round++) {
      StringBuilder line =
          new StringBuilder(random.nextBoolean() ? "MAIL FROM:<a@b.org> " : "RCPT TO:<a@b.org> ");
      for (int n = random.nextInt(9); n > 0; n--) {
        line.append(atoms[random.nextInt(atoms.length)]);
      }
      String text = line.toString();
      assertThatCode(() -> read(text)).as(text).doesNotThrowAnyException();
    }
  }

  private static Map<String, Parameter<?>> byKeyword(Parameter<?>... parameters) {
    return List.of(parameters).stream()
        .collect(Collectors.toMap(Parameter::keyword, Function.identity()));
  }

  private static Command read(String line) {
    byte[] octets = line.getBytes(StandardCharsets.UTF_8);
    return PARSER.parse(octets, 0, octets.length);
  }

  private <T> void maybe(Parameter<T> parameter, Supplier<T> value) {
    if (random.nextInt(3) == 0) {
      parameters = parameters.with(parameter, value.get());
    }
  }

  @SafeVarargs
  private <T> T any(T... values) {
    return values[random.nextInt(values.length)];
  }

  private ReversePath path() {
    return random.nextInt(4) == 0 ? ReversePath.NULL : arbitrary.mailbox();
  }

  private DeliverBy deliverBy() {
    boolean isTraced = random.nextBoolean();
    return random.nextBoolean()
        ? new DeliverBy(seconds(), DeliverBy.Mode.RETURN, isTraced)
        : new DeliverBy(seconds().minusSeconds(500_000_000), DeliverBy.Mode.NOTIFY, isTraced);
  }

  private Duration seconds() {
    return Duration.ofSeconds(1 + random.nextInt(999_999_999));
  }

  private Notify notification() {
    Set<Notify.Event> events = EnumSet.noneOf(Notify.Event.class);
    for (Notify.Event event : Notify.Event.values()) {
      if (random.nextBoolean()) {
        events.add(event);
      }
    }
    return new Notify(events);
  }

  private OriginalRecipient originalRecipient() {
    return random.nextBoolean()
        ? new OriginalRecipient("rfc822", text(20, 0x7f))
        : new OriginalRecipient("utf-8", text(20, 0x20000));
  }

  /** One to so many printable characters below a bound. */
  private String text(int most, int bound) {
    StringBuilder text = new StringBuilder();
    for (int n = 1 + random.nextInt(most); n > 0; n--) {
      int c = random.nextInt(random.nextBoolean() ? 0x7f : bound);
      boolean isControl = c < ' ' || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029;
      text.appendCodePoint(isControl || (c >= 0xd800 && c < 0xe000) ? '+' : c);
    }
    return text.toString();
  }
}
