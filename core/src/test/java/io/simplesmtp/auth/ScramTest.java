package io.simplesmtp.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** SCRAM, with the examples of RFC 5802 section 5 and RFC 7677 section 3. */
class ScramTest {

  private static final String CHANNEL = base64("p=tls-exporter,,the channel");
  private static final String CHALLENGE = "r=c" + KnownWords.NONCE;

  private static final ScramCredential PENCIL_1 =
      ScramCredential.of(
          ScramHash.SHA_1, "pencil", 4096, Base64.getDecoder().decode("QSXCR+Q6sek8bf92"));

  private static final ScramCredential PENCIL_256 =
      ScramCredential.of(
          ScramHash.SHA_256,
          "pencil",
          4096,
          Base64.getDecoder().decode("W22ZaJ0SNY7soEsUEjb6gQ=="));

  @Test
  void exampleOfRfc5802() throws Exception {
    Talk talk = plain(ScramHash.SHA_1, new Server().with("user", PENCIL_1));
    assertThat(talk.start()).isEmpty();
    assertThat(talk.say("n,,n=user,r=fyko+d2lbbFgONRv9qkxdawL"))
        .isEqualTo("r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096");
    assertThat(
            talk.say(
                "c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,"
                    + "p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts="))
        .isEqualTo("v=rmF9pqV8S7suAoZWja4dJRkFsKQ=");
    assertThat(talk.say("")).isEqualTo("!user by SCRAM-SHA-1");
  }

  @Test
  void exampleOfRfc7677() throws Exception {
    Scram mechanism = KnownWords.scram(ScramHash.SHA_256, false, "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0");
    Talk talk = new Talk(mechanism, new Server().with("user", PENCIL_256));
    assertThat(talk.say("n,,n=user,r=rOprNGfwEbeRWgbNEkqO"))
        .isEqualTo(
            "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
                + "s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096");
    assertThat(
            talk.say(
                "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
                    + "p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ="))
        .isEqualTo("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=");
    assertThat(talk.say("")).isEqualTo("!user by SCRAM-SHA-256");
  }

  @ParameterizedTest
  @EnumSource(ScramHash.class)
  void bindsToTheChannel(ScramHash hash) throws Exception {
    Talk talk = plus(hash, server(hash));
    String challenge = talk.say("p=tls-exporter,,n=user,r=c");
    String last = ScramProof.of(hash, "pencil", "n=user,r=c", challenge, CHANNEL);
    assertThat(talk.say(last)).startsWith("v=");
    assertThat(talk.say("")).isEqualTo("!user by " + hash.mechanism() + "-PLUS");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",",
        ",,",
        ",,n=user,r=c",
        "n",
        "n,",
        "n,,",
        "n,,n=user",
        "n,,n=user,",
        "n,,n=user,r=",
        "n,,n=user,r=c,",
        "n,,n=user,r=c,x",
        "n,,n=user,r=c,x=",
        "n,,n=user,r=c,1=x",
        "n,,r=c,n=user",
        "n,,n=,r=c",
        "n,,n=us=er,r=c",
        "n,,n=us=2Ce=r,r=c",
        "n,,n=us=2cer,r=c",
        "n,,n=us=,r=c",
        "n,,n=us\0er,r=c",
        "n,,n=us\ner,r=c",
        "n,,n=\u00ad,r=c",
        "n,,n=\u0627x,r=c",
        "n,,n=user,r=c c",
        "n,,n=user,r=\u00fc",
        "n,,m=x,n=user,r=c",
        "n,,n=user,r=c,m=x",
        "n,a=,n=user,r=c",
        "n,a,n=user,r=c",
        "n,b=x,n=user,r=c",
        "n,a=x=,n=user,r=c",
        "N,,n=user,r=c",
        "x,,n=user,r=c",
        "nn,,n=user,r=c",
        "p,,n=user,r=c",
        "p=,,n=user,r=c",
        "p=tls exporter,,n=user,r=c",
        "p=\u00fc,,n=user,r=c",
      })
  void malformedFirstMessage(String message) throws Exception {
    for (boolean isPlus : new boolean[] {false, true}) {
      Scram mechanism = KnownWords.scram(ScramHash.SHA_1, isPlus, KnownWords.NONCE);
      assertThat(new Talk(mechanism, server(ScramHash.SHA_1)).say(message)).isEqualTo("!malformed");
    }
  }

  @Test
  void brokenUtf8IsMalformed() throws Exception {
    byte[] octets = "n,,n=us\u00e9r,r=c".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(plain(ScramHash.SHA_1, server(ScramHash.SHA_1)).say(octets)).isEqualTo("!malformed");
  }

  @Test
  void attributesAreBounded() throws Exception {
    Talk talk = plain(ScramHash.SHA_1, server(ScramHash.SHA_1));
    assertThat(talk.say("n,,n=user,r=" + "c".repeat(513))).isEqualTo("!malformed");
    assertThat(talk.say("n,,n=user" + ",x=y".repeat(3000) + ",r=c")).isEqualTo("!malformed");
    assertThat(talk.say("n,,n=" + "u".repeat(513) + ",r=c")).isEqualTo("!malformed");
    assertThat(talk.say("n,,n=" + "u".repeat(512) + ",r=" + "c".repeat(512) + ",x=y"))
        .startsWith("r=cc");
  }

  /** RFC 5802 section 6. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SCRAM-SHA-1      | n                      | SCRAM-SHA-1                  | goes on",
        "SCRAM-SHA-1      | n                      | SCRAM-SHA-1 SCRAM-SHA-1-PLUS | goes on",
        "SCRAM-SHA-1      | y                      | SCRAM-SHA-1                  | goes on",
        "SCRAM-SHA-1      | y                      | SCRAM-SHA-1 SCRAM-SHA-1-PLUS | !failure",
        "SCRAM-SHA-1      | y                      | SCRAM-SHA-256-PLUS           | !failure",
        "SCRAM-SHA-1      | p=tls-exporter         | SCRAM-SHA-1 SCRAM-SHA-1-PLUS | !failure",
        "SCRAM-SHA-1-PLUS | p=tls-exporter         | SCRAM-SHA-1-PLUS             | goes on",
        "SCRAM-SHA-1-PLUS | p=tls-unique           | SCRAM-SHA-1-PLUS             | !failure",
        "SCRAM-SHA-1-PLUS | p=TLS-EXPORTER         | SCRAM-SHA-1-PLUS             | !failure",
        "SCRAM-SHA-1-PLUS | y                      | SCRAM-SHA-1-PLUS             | !failure",
        "SCRAM-SHA-1-PLUS | n                      | SCRAM-SHA-1-PLUS             | !failure",
      })
  void nobodyTalksAClientOutOfBinding(String mechanism, String flag, String offered, String outcome)
      throws Exception {
    boolean isPlus = mechanism.endsWith("-PLUS");
    Server server = server(ScramHash.SHA_1).offering(offered.split(" ", -1));
    Talk talk = new Talk(KnownWords.scram(ScramHash.SHA_1, isPlus, KnownWords.NONCE), server);
    String said = talk.say(flag + ",,n=user,r=c");
    assertThat(said.startsWith(CHALLENGE) ? "goes on" : said).isEqualTo(outcome);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "c=biws",
        "c=biws,r=" + "c" + KnownWords.NONCE,
        "c=biws,p=AAAA",
        "r=c" + KnownWords.NONCE + ",c=biws,p=AAAA",
        "c=,r=c" + KnownWords.NONCE + ",p=AAAA",
        "c=b?ws,r=c" + KnownWords.NONCE + ",p=AAAA",
        "c=biws,r=,p=AAAA",
        "c=biws,r=c" + KnownWords.NONCE + ",p=",
        "c=biws,r=c" + KnownWords.NONCE + ",p=A",
        "c=biws,r=c" + KnownWords.NONCE + ",p=A A=",
        "c=biws,r=c" + KnownWords.NONCE + ",p=AAAA,x=y",
        "c=biws,r=c" + KnownWords.NONCE + ",x,p=AAAA",
        "c=biws,r=c" + KnownWords.NONCE + ",m=y,p=AAAA",
        "p=AAAA,r=c" + KnownWords.NONCE + ",c=biws",
      })
  void malformedLastMessage(String message) throws Exception {
    Talk talk = plain(ScramHash.SHA_1, server(ScramHash.SHA_1));
    assertThat(talk.say("n,,n=user,r=c")).startsWith(CHALLENGE);
    assertThat(talk.say(message)).isEqualTo("!malformed");
  }

  /** Each proof fits the message that it stands in, so that only what is named is wrong. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "user   | pencil  | biws         | v=",
        "user   | pencil1 | biws         | !failure",
        "user   | pencil  | biwsAA==     | !failure",
        "user   | pencil  | eSws         | !failure",
        "user   | pencil  | cD10bHMsLA== | !failure",
        "nobody | pencil  | biws         | !failure",
      })
  void proof(String user, String password, String binding, String outcome) throws Exception {
    Talk talk = plain(ScramHash.SHA_256, server(ScramHash.SHA_256));
    String bare = "n=" + user + ",r=c";
    String challenge = talk.say("n,," + bare);
    assertThat(talk.say(ScramProof.of(ScramHash.SHA_256, password, bare, challenge, binding)))
        .startsWith(outcome);
  }

  @ParameterizedTest
  @ValueSource(strings = {"c", "c3rfcNHYJY1ZVvWVs7", "c3rfcNHYJY1ZVvWVs7jj", "C3rfcNHYJY1ZVvWVs7j"})
  void nonceIsTheServersOwn(String nonce) throws Exception {
    Talk talk = plain(ScramHash.SHA_1, server(ScramHash.SHA_1));
    String challenge = talk.say("n,,n=user,r=c");
    String last = ScramProof.of(ScramHash.SHA_1, "pencil", "n=user,r=c", challenge, "biws", nonce);
    assertThat(talk.say(last)).isEqualTo("!failure");
  }

  @Test
  void proofOfAnotherLengthFails() throws Exception {
    for (String proof : new String[] {"AAAA", "A".repeat(4000)}) {
      Talk talk = plain(ScramHash.SHA_1, server(ScramHash.SHA_1));
      assertThat(talk.say("n,,n=user,r=c")).startsWith(CHALLENGE);
      assertThat(talk.say("c=biws,r=c" + KnownWords.NONCE + ",p=" + proof)).isEqualTo("!failure");
    }
  }

  @Test
  void bindingToAnotherChannelFails() throws Exception {
    Talk talk = plus(ScramHash.SHA_1, server(ScramHash.SHA_1));
    String challenge = talk.say("p=tls-exporter,,n=user,r=c");
    String other = base64("p=tls-exporter,,another one");
    assertThat(talk.say(ScramProof.of(ScramHash.SHA_1, "pencil", "n=user,r=c", challenge, other)))
        .isEqualTo("!failure");
  }

  @Test
  void optionalExtensionsAreIgnored() throws Exception {
    Talk talk = plain(ScramHash.SHA_1, server(ScramHash.SHA_1));
    String bare = "n=user,r=c,x=y,z=1=2";
    String challenge = talk.say("n,," + bare);
    String nonce = "c" + KnownWords.NONCE + ",y=z";
    assertThat(talk.say(ScramProof.of(ScramHash.SHA_1, "pencil", bare, challenge, "biws", nonce)))
        .startsWith("v=");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"n,a=b=2Co=3Db, | !bob by SCRAM-SHA-1", "n,a=carl, | !failure"})
  void authorizationIdentity(String header, String outcome) throws Exception {
    Talk talk = plain(ScramHash.SHA_1, server(ScramHash.SHA_1));
    String challenge = talk.say(header + "n=user,r=c");
    String last = ScramProof.of(ScramHash.SHA_1, "pencil", "n=user,r=c", challenge, base64(header));
    String said = talk.say(last);
    assertThat(said.startsWith("v=") ? talk.say("") : said).isEqualTo(outcome);
  }

  @Test
  void namesAreDecodedAndPrepared() throws Exception {
    ScramCredential credential = ScramCredential.of(ScramHash.SHA_1, "\u2168", 4096);
    Talk talk = plain(ScramHash.SHA_1, new Server().with("IX=,", credential));
    String bare = "n=\u00ad\u2168=3D=2C,r=c";
    String challenge = talk.say("n,," + bare);
    talk.say(ScramProof.of(ScramHash.SHA_1, "IX", bare, challenge, "biws"));
    assertThat(talk.say("")).isEqualTo("!IX=, by SCRAM-SHA-1");
  }

  @Test
  void nothingFollowsTheServersProof() throws Exception {
    Talk talk = plain(ScramHash.SHA_1, server(ScramHash.SHA_1));
    String challenge = talk.say("n,,n=user,r=c");
    talk.say(ScramProof.of(ScramHash.SHA_1, "pencil", "n=user,r=c", challenge, "biws"));
    assertThat(talk.say("x")).isEqualTo("!malformed");
  }

  @Test
  void unknownUsersHaveASaltThatStays() throws Exception {
    Scram mechanism = Scram.of(ScramHash.SHA_1);
    String first = salt(mechanism, "n,,n=nobody,r=c");
    assertThat(salt(mechanism, "n,,n=nobody,r=d")).isEqualTo(first);
    assertThat(salt(mechanism, "n,,n=noone,r=c")).isNotEqualTo(first).hasSameSizeAs(first);
    assertThat(salt(Scram.of(ScramHash.SHA_1), "n,,n=nobody,r=c")).isNotEqualTo(first);
    byte[] key = new byte[16];
    String shared = salt(Scram.of(ScramHash.SHA_1).withDecoyKey(key), "n,,n=nobody,r=c");
    Scram plus = Scram.plus(ScramHash.SHA_1).withDecoyKey(key);
    assertThat(salt(plus, "p=tls-exporter,,n=nobody,r=c")).isEqualTo(shared);
  }

  @Test
  void decoyKeysAreLong() {
    assertThatThrownBy(() -> Scram.of(ScramHash.SHA_1).withDecoyKey(new byte[15]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void credentialOfAnotherHashIsAFault() {
    Talk talk = plain(ScramHash.SHA_1, new Server().with("user", PENCIL_256));
    assertThatThrownBy(() -> talk.say("n,,n=user,r=c")).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void noncesDiffer() throws Exception {
    String first = nonce(Scram.of(ScramHash.SHA_1));
    assertThat(first).hasSize(25).isNotEqualTo(nonce(Scram.of(ScramHash.SHA_1)));
  }

  @Test
  void plusNeedsAChannel() {
    assertThat(Scram.plus(ScramHash.SHA_1).isAvailable(new Server())).isFalse();
    assertThat(Scram.of(ScramHash.SHA_1).isAvailable(() -> "mx.test")).isFalse();
  }

  private static String nonce(Scram mechanism) throws Exception {
    String challenge = new Talk(mechanism, new Server()).say("n,,n=user,r=c");
    return challenge.substring(2, challenge.indexOf(','));
  }

  private static String salt(Scram mechanism, String first) throws Exception {
    String challenge = new Talk(mechanism, new Server().bound()).say(first);
    return challenge.substring(challenge.indexOf(",s="));
  }

  private static Server server(ScramHash hash) {
    ScramCredential pencil = hash == ScramHash.SHA_1 ? PENCIL_1 : PENCIL_256;
    return new Server().with("user", pencil).bound();
  }

  private static Talk plain(ScramHash hash, Server server) {
    return new Talk(KnownWords.scram(hash, false, KnownWords.NONCE), server);
  }

  private static Talk plus(ScramHash hash, Server server) {
    return new Talk(KnownWords.scram(hash, true, KnownWords.NONCE), server);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
