package io.simplesmtp.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How {@code simplesmtp load} ended.
 *
 * @param out what it printed on standard output
 * @param err what it printed on standard error
 */
record Loaded(int status, String out, String err) {

  private static final Duration PATIENCE = Duration.ofSeconds(100);

  /** Runs it with these flags for a server on this port, separated by spaces. */
  static Loaded with(int port, String flags) {
    return run(("127.0.0.1:" + port + " " + flags).strip().split(" ", -1));
  }

  /** Runs it with these arguments. */
  static Loaded run(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        new Console(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    List<String> all = new ArrayList<>(List.of("load"));
    all.addAll(List.of(arguments));
    int status =
        assertTimeoutPreemptively(
            PATIENCE, () -> Main.run(console, Path.of("nowhere"), all.toArray(String[]::new)));
    return new Loaded(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** What {@code --json} printed. */
  JsonObject json() {
    assertThat(err).isEmpty();
    assertThat(out).hasLineCount(1).matches("\\p{ASCII}*");
    return parsed(out);
  }

  /** A JSON object as RFC 8259 has it, and no more lenient. */
  static JsonObject parsed(String text) {
    JsonReader reader = new JsonReader(new StringReader(text));
    reader.setStrictness(Strictness.STRICT);
    return JsonParser.parseReader(reader).getAsJsonObject();
  }

  /** A number of the result. */
  long number(String field) {
    return json().get(field).getAsLong();
  }

  /** How often a reply code was heard. */
  long replies(int code) {
    return json().getAsJsonObject("replies").get(Integer.toString(code)).getAsLong();
  }

  /** How often an error was met, by how its text begins. */
  long errors(String begin) {
    return json().getAsJsonArray("errors").asList().stream()
        .map(one -> one.getAsJsonObject())
        .filter(one -> one.get("text").getAsString().startsWith(begin))
        .mapToLong(one -> one.get("count").getAsLong())
        .sum();
  }

  /** Checks what became of the messages, which the status tells too. */
  Loaded ends(long accepted, long failed) {
    assertThat(number("accepted")).as(out).isEqualTo(accepted);
    assertThat(number("failed")).as(out).isEqualTo(failed);
    assertThat(json().getAsJsonObject("messageMicros").get("count").getAsLong())
        .isEqualTo(accepted);
    if (failed > 0) {
      assertThat(status).isEqualTo(1);
    }
    return this;
  }

  /** The one line that says why there was nothing to measure. */
  String complaint() {
    assertThat(status).isEqualTo(1);
    assertThat(out).isEmpty();
    assertThat(err).hasLineCount(1).startsWith("simplesmtp: ");
    return err.strip();
  }
}
