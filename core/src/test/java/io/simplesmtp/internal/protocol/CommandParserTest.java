package io.simplesmtp.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.simplesmtp.Domain;
import io.simplesmtp.Parameter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandParserTest {

  private static final Grammar GRAMMAR =
      new Grammar(
          false,
          Map.of(
              "SIZE",
              Parameter.SIZE,
              "BODY",
              Parameter.BODY,
              "SMTPUTF8",
              Parameter.SMTPUTF8,
              "AUTH",
              Parameter.AUTH),
          Map.of(),
          Set.of("XFOO"));

  private static final CommandParser STRICT =
      new CommandParser(GRAMMAR, false, new Domain("mx.test"));
  private static final CommandParser LENIENT =
      new CommandParser(GRAMMAR, true, new Domain("mx.test"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          EHLO client.test                  | Greet[hello=EHLO client.test]
          helo [192.0.2.1]                  | Greet[hello=HELO [192.0.2.1]]
          EHLO my_pc                        | Greet[hello=EHLO my_pc]
          EHLO ~a~                          | Greet[hello=EHLO ~a~]
          EHLO                              | Malformed 501 5.5.4
          EHLO a b                          | Malformed 501 5.5.4
          EHLO pc\u00fc                     | Malformed 501 5.5.4
          BDAT 0                            | Bdat[size=0, isLast=false]
          bdat 0 last                       | Bdat[size=0, isLast=true]
          BDAT 86000                        | Bdat[size=86000, isLast=false]
          BDAT 9223372036854775807 LAST     | Bdat[size=9223372036854775807, isLast=true]
          BDAT 00000000000000000006         | Bdat[size=6, isLast=false]
          BDAT 000000000000000000006        | Malformed 421 4.5.4
          BDAT 9223372036854775808          | Malformed 421 4.5.4
          BDAT                              | Malformed 421 4.5.4
          BDAT LAST                         | Malformed 421 4.5.4
          BDAT -1                           | Malformed 421 4.5.4
          BDAT 6LAST                        | Malformed 421 4.5.4
          BDAT 6  LAST                      | Malformed 421 4.5.4
          BDAT 6 LASTS                      | Malformed 421 4.5.4
          BDAT 6 LAſT                  | Malformed 421 4.5.4
          BDAT ٦                       | Malformed 421 4.5.4
          BDATA 6                           | Malformed 421 4.5.4
          ` BDAT 6 LAST`                    | Malformed 421 4.5.4
          `\0\t  bdat 6`                    | Malformed 421 4.5.4
          ` BDAT`                           | Malformed 421 4.5.4
          BDA 6                             | Unknown[]
          MAIL FROM:<a@b.org>               | Mail[from=<a@b.org>]
          mail from:<a@b.org>               | Mail[from=<a@b.org>]
          MAIL FROM:<>                      | Mail[from=<>]
          MAIL FROM:<"a b"@c.org>           | Mail[from=<"a b"@c.org>]
          MAIL FROM:<"a>b"@c.org>           | Mail[from=<"a>b"@c.org>]
          MAIL FROM:<"a\\"b"@c.org>         | Mail[from=<"a\\"b"@c.org>]
          MAIL FROM:<"ann"@c.org>           | Mail[from=<ann@c.org>]
          MAIL FROM:<a@[192.0.2.1]>         | Mail[from=<a@[192.0.2.1]>]
          MAIL FROM:<a@[IPv6:2001:db8::1]>  | Mail[from=<a@[IPv6:2001:db8::1]>]
          MAIL FROM:<a@[x-net:some.where]>  | Mail[from=<a@[x-net:some.where]>]
          MAIL FROM:<@r.org,@s.org:a@b.org> | Mail[from=<a@b.org>]
          MAIL FROM:<@r.org:@s.org:a@b.org> | Malformed 501 5.1.7
          MAIL FROM:<@r.org,s.org:a@b.org>  | Malformed 501 5.5.4
          MAIL FROM:<@r.org>                | Malformed 501 5.5.4
          MAIL FROM:<\u00fc@b\u00fc.org>    | Mail[from=<\u00fc@b\u00fc.org>] in UTF-8
          MAIL FROM:<@\u00fc.org:a@b.org>  | Mail[from=<a@b.org>] in UTF-8
          MAIL FROM:<a@b.org> AUTH=+C3+BC@x.org | Mail[from=<a@b.org> AUTH=+C3+BC@x.org] in UTF-8
          RCPT TO:<@\u00fc.org:a@b.org>    | Rcpt[to=<a@b.org>] in UTF-8
          MAIL FROM:<a@b.org> SIZE=10       | Mail[from=<a@b.org> SIZE=10]
          MAIL FROM:<a@b.org> size=10       | Mail[from=<a@b.org> SIZE=10]
          MAIL FROM:<a@b.org> SIZE=99999999999999999999 | Mail[from=<a@b.org> SIZE=9223372036854775807]
          MAIL FROM:<a@b.org> SIZE=100000000000000000000 | Malformed 501 5.5.4
          MAIL FROM:<a@b.org> SIZE=         | Malformed 501 5.5.4
          MAIL FROM:<a@b.org> SIZE          | Malformed 501 5.5.4
          MAIL FROM:<a@b.org> SIZE=-1       | Malformed 501 5.5.4
          MAIL FROM:<a@b.org> SIZE=1=2      | Malformed 501 5.5.4
          MAIL FROM:<a@b.org> SIZE=1 SIZE=1 | Malformed 501 5.5.4
          MAIL FROM:<a@b.org> BODY=8bitmime SMTPUTF8 | Mail[from=<a@b.org> BODY=8BITMIME SMTPUTF8]
          MAIL FROM:<a@b.org> BODY=7BIT     | Mail[from=<a@b.org> BODY=7BIT]
          MAIL FROM:<a@b.org> BODY=BinaryMIME | Mail[from=<a@b.org> BODY=BINARYMIME]
          MAIL FROM:<a@b.org> BODY=9BIT     | Malformed 501 5.5.4
          MAIL FROM:<a@b.org> SMTPUTF8=yes  | Malformed 501 5.5.4
          MAIL FROM:<a@b.org> AUTH=<>       | Mail[from=<a@b.org> AUTH=<>]
          MAIL FROM:<a@b.org> AUTH=e+2Bmc2@example.com | Mail[from=<a@b.org> AUTH=e+2Bmc2@example.com]
          MAIL FROM:<a@b.org> AUTH=a+2b     | Malformed 501 5.5.4
          MAIL FROM:<a@b.org> AUTH=a+0D+0A  | Malformed 501 5.5.4
          MAIL FROM:<a@b.org> FOO=1         | Malformed 555 5.5.4
          MAIL FROM:<a@b.org> -FOO=1        | Malformed 501 5.5.4
          MAIL FROM:<a@b.org>SIZE=1         | Malformed 501 5.5.4
          MAIL FROM: <a@b.org>              | Malformed 501 5.5.4
          MAIL FROM:a@b.org                 | Malformed 501 5.5.4
          MAIL FROM:<a@b.org                | Malformed 501 5.5.4
          MAIL FROM:<a>                     | Malformed 501 5.1.7
          MAIL FROM:<a@>                    | Malformed 501 5.1.7
          MAIL FROM:<@b>                    | Malformed 501 5.5.4
          MAIL FROM:<a..b@c.org>            | Malformed 501 5.1.7
          MAIL FROM:<.a@c.org>              | Malformed 501 5.1.7
          MAIL FROM:<a.@c.org>              | Malformed 501 5.1.7
          MAIL FROM:<a b@c.org>             | Malformed 501 5.1.7
          MAIL FROM:<"a@c.org>              | Malformed 501 5.5.4
          MAIL FROM:<"a"b@c.org>            | Malformed 501 5.1.7
          MAIL FROM:<a@b_c.org>             | Malformed 501 5.1.7
          MAIL FROM:<a@_b.org>              | Malformed 501 5.1.7
          MAIL FROM:<a@-b.org>              | Malformed 501 5.1.7
          MAIL FROM:<a@b..org>              | Malformed 501 5.1.7
          MAIL FROM:<a@b.org.>              | Malformed 501 5.1.7
          MAIL FROM:<a@[1.2.3]>             | Malformed 501 5.1.7
          MAIL FROM:<a@[1.2.3.256]>         | Malformed 501 5.1.7
          MAIL FROM:<a@[IPv6:::1::2]>       | Malformed 501 5.1.7
          MAIL FROM:<a@[IPv6:fe80::1%lo]>   | Malformed 501 5.1.7
          MAIL FROM:<a@b@c.org>             | Malformed 501 5.1.7
          MAIL                              | Malformed 501 5.5.4
          MAIL TO:<a@b.org>                 | Malformed 501 5.5.4
          RCPT TO:<a@b.org>                 | Rcpt[to=<a@b.org>]
          RCPT TO:<postmaster>              | Rcpt[to=<postmaster@mx.test>]
          RCPT TO:<Postmaster>              | Rcpt[to=<Postmaster@mx.test>]
          RCPT TO:<hostmaster>              | Malformed 501 5.1.3
          RCPT TO:<>                        | Malformed 501 5.1.3
          RCPT TO:<a@b.org> NOTIFY=NEVER    | Malformed 555 5.5.4
          RCPT TO:a@b.org                   | Malformed 501 5.5.4
          DATA                              | Data[]
          DATA now                          | Malformed 501 5.5.4
          RSET                              | Rset[]
          RSET x                            | Malformed 501 5.5.4
          NOOP                              | Noop[]
          NOOP what ever                    | Noop[]
          QUIT                              | Quit[]
          QUIT x                            | Malformed 501 5.5.4
          VRFY ann                          | Vrfy[query=ann]
          VRFY                              | Malformed 501 5.5.4
          VRFY \u00fc                       | Malformed 553 5.6.7
          VRFY \u00fc SMTPUTF8              | Vrfy[query=\u00fc]
          EXPN staff                        | Expn[list=staff]
          EXPN                              | Malformed 501 5.5.4
          HELP                              | Help[topic=]
          HELP MAIL                         | Help[topic=MAIL]
          STARTTLS                          | StartTls[]
          STARTTLS x                        | Malformed 501 5.5.4
          AUTH plain                        | Auth[mechanism=PLAIN, initialResponse=Optional.empty]
          AUTH PLAIN =                      | Auth[mechanism=PLAIN, initialResponse=Optional[=]]
          AUTH PLAIN AGE=                   | Auth[mechanism=PLAIN, initialResponse=Optional[AGE=]]
          AUTH PLAIN a b                    | Malformed 501 5.5.4
          AUTH                              | Malformed 501 5.5.4
          AUTH AZaz09-_901234567890        | Auth[mechanism=AZAZ09-_901234567890, initialResponse=Optional.empty]
          AUTH AZaz09-_9012345678901        | Malformed 501 5.5.4
          AUTH PL/AIN                       | Malformed 501 5.5.4
          FOO                               | Unknown[]
          xfoo a  b                         | Extended[name=XFOO, argument=a  b]
          `XFOO a\0`                        | Malformed 500 5.5.2
          MAI                               | Unknown[]
          MAILFROM:<a@b.org>                | Unknown[]
          """)
  void strictGrammar(String line, String expected) {
    assertThat(told(STRICT, line)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          MAIL FROM: <a@b.org>          | Mail[from=<a@b.org>]
          MAIL FROM:a@b.org             | Mail[from=<a@b.org>]
          MAIL FROM:  a@b.org  SIZE=3   | Mail[from=<a@b.org> SIZE=3]
          MAIL FROM:"a b"@c.org SIZE=3  | Mail[from=<"a b"@c.org> SIZE=3]
          MAIL FROM:<root@my_pc>        | Mail[from=<root@my_pc>]
          MAIL FROM: <>                 | Mail[from=<>]
          MAIL FROM:                    | Malformed 501 5.5.4
          RCPT TO: a@b.org              | Rcpt[to=<a@b.org>]
          RCPT TO: postmaster           | Rcpt[to=<postmaster@mx.test>]
          RCPT TO: a                    | Malformed 501 5.1.3
          """)
  void lenientGrammar(String line, String expected) {
    assertThat(told(LENIENT, line)).isEqualTo(expected);
  }

  @Test
  void whatIsNoTextIsNoCommand() {
    assertThat(told(STRICT, "NOOP a\0b")).isEqualTo("Malformed 500 5.5.2");
    assertThat(told(STRICT, "NOOP a\nRSET")).isEqualTo("Malformed 500 5.5.2");
    assertThat(told(STRICT, "MAIL FROM:<a@b.org>\rRCPT TO:<c@d.org>"))
        .isEqualTo("Malformed 500 5.5.2");
    assertThat(told(STRICT, "NOOP\tx")).isEqualTo("Unknown[]");
    assertThat(told(STRICT, "")).isEqualTo("Unknown[]");
    assertThat(told(STRICT, " NOOP")).isEqualTo("Unknown[]");
    byte[] broken = {'N', 'O', 'O', 'P', ' ', (byte) 0xc3};
    assertThat(told(STRICT.parse(broken, 0, broken.length))).isEqualTo("Malformed 500 5.5.2");
  }

  @Test
  void trailingWhiteSpaceIsTolerated() {
    assertThat(told(STRICT, "QUIT \t ")).isEqualTo("Quit[]");
    assertThat(told(STRICT, "MAIL FROM:<a@b.org> ")).isEqualTo("Mail[from=<a@b.org>]");
  }

  @Test
  void parametersThatNoExtensionHasAreUnknown() {
    Grammar plain = new Grammar(false, Map.of(), Map.of(), Set.of());
    CommandParser parser = new CommandParser(plain, false, new Domain("mx.test"));
    assertThat(told(parser, "MAIL FROM:<a@b.org> AUTH=<>")).isEqualTo("Malformed 555 5.5.4");
  }

  @Test
  void neverThrowsWhateverTheLine() {
    String[] atoms = {
      "MAIL", " ", "FROM:", "<", ">", "a", "@", ".", "\"", "\\", "[", "]", "IPv6:", "::", "1", "=",
      "SIZE", "RCPT", "TO:", ",", ":", "\u00fc", "\u3002", "\ud800", "AUTH", "+", "xn--", "-",
      "VRFY"
    };
    Random random = new Random(5321);
    for (int round = 0; round < 100_000; round++) {
      StringBuilder line = new StringBuilder(random.nextBoolean() ? "MAIL FROM:<" : "RCPT TO:");
      for (int n = random.nextInt(14); n > 0; n--) {
        line.append(atoms[random.nextInt(atoms.length)]);
      }
      String text = line.toString();
      assertThatCode(() -> told(LENIENT, text)).as(text).doesNotThrowAnyException();
    }
  }

  private static String told(CommandParser parser, String line) {
    byte[] octets = ("xx" + line + "\r\n").getBytes(StandardCharsets.UTF_8);
    return told(parser.parse(octets, 2, octets.length - 2));
  }

  private static String told(Command command) {
    return command instanceof Command.Malformed malformed
        ? "Malformed " + malformed.reply().code() + " " + malformed.reply().status().orElseThrow()
        : command
            .toString()
            .replace(", isAscii=true]", "]")
            .replace(", isAscii=false]", "] in UTF-8");
  }
}
