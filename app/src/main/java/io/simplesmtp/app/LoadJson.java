package io.simplesmtp.app;

import io.simplesmtp.app.load.Latency;
import io.simplesmtp.app.load.Plan;
import io.simplesmtp.app.load.Result;
import java.util.Locale;
import java.util.stream.Collectors;

/** The result of a load, for programs: one JSON object (RFC 8259) of ASCII on one line. */
final class LoadJson {

  private static final double NANOS = 1e9;

  private LoadJson() {}

  /** Writes it. The names of the fields stay as they are. */
  static String of(Plan plan, Result result) {
    Result.Messages messages = result.messages();
    return "{"
        + String.join(
            ",",
            field("target", text(plan.target().text())),
            field("sessions", number(plan.pace().sessions())),
            field("size", number(plan.mail().size())),
            field("seconds", number(result.nanos() / NANOS)),
            field("endedEarly", Boolean.toString(result.isStopped())),
            field("accepted", number(messages.accepted())),
            field("failed", number(messages.failed())),
            field("unsent", number(messages.unsent())),
            field("refusedRecipients", number(messages.refusedRecipients())),
            field("octets", number(messages.octets())),
            field("messagesPerSecond", number(result.messagesPerSecond())),
            field("connections", number(result.connections())),
            field("failedConnections", number(result.failedConnections())),
            field("messageMicros", latency(result.latency())),
            field("connectionMicros", latency(result.connecting())),
            field("replies", replies(result)),
            field("errors", faults(result)),
            field("otherErrors", number(result.otherFaults())))
        + "}";
  }

  private static String latency(Latency latency) {
    return "{"
        + String.join(
            ",",
            field("count", number(latency.count())),
            field("min", number(latency.min())),
            field("mean", number(latency.mean())),
            field("p50", number(latency.p50())),
            field("p90", number(latency.p90())),
            field("p99", number(latency.p99())),
            field("p999", number(latency.p999())),
            field("max", number(latency.max())))
        + "}";
  }

  private static String replies(Result result) {
    return result.replies().entrySet().stream()
        .map(e -> field(e.getKey().toString(), number(e.getValue())))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String faults(Result result) {
    return result.faults().stream()
        .map(f ->
            "{" + field("text", text(f.text())) + "," + field("count", number(f.count())) + "}")
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static String field(String name, String value) {
    return "\"" + name + "\":" + value;
  }

  private static String number(long value) {
    return Long.toString(value);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }

  private static String text(String value) {
    StringBuilder text = new StringBuilder("\"");
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        text.append('\\').append(c);
      } else if (c < ' ' || c > '~') {
        text.append(String.format("\\u%04x", (int) c));
      } else {
        text.append(c);
      }
    }
    return text.append('"').toString();
  }
}
