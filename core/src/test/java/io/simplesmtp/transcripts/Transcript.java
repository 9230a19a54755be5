package io.simplesmtp.transcripts;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A dialogue between a client and the server, as docs/transcripts.md describes it. */
final class Transcript {

  private static final Pattern HOOK = Pattern.compile("on (\\w+)(?: (.+?))?: (.+)");
  private static final Pattern REPLY = Pattern.compile("S(?:x(\\d+))?: (.*)");
  private static final Pattern REST = Pattern.compile("S\\* (\\d{3})\\s*(?:#.*)?");
  private static final Set<String> HOOKS =
      Set.of(
          "connect",
          "hello",
          "mail",
          "rcpt",
          "beforeData",
          "data",
          "each",
          "mixed",
          "vrfy",
          "expn",
          "help",
          "authenticated",
          "secured",
          "reset",
          "completed",
          "rephrase",
          "password",
          "authorize");

  private final Settings settings = new Settings();
  private final Map<String, Hook> hooks = new HashMap<>();
  private final Map<String, String> passwords = new HashMap<>();
  private final List<Step> steps = new ArrayList<>();
  private final List<String> calls = new ArrayList<>();
  private final List<String> never = new ArrayList<>();
  private final List<String> hidden = new ArrayList<>();
  private final List<String> commands = new ArrayList<>();
  private Set<Way> ways = EnumSet.allOf(Way.class);

  private Transcript() {}

  /**
   * Reads a transcript.
   *
   * @throws IllegalArgumentException if a line makes no sense; the message names it
   */
  static Transcript parse(List<String> lines) {
    Transcript transcript = new Transcript();
    if (lines.isEmpty() || !lines.get(0).startsWith("# ")) {
      throw new IllegalArgumentException("A transcript begins with the rule that it shows");
    }
    for (int i = 0; i < lines.size(); i++) {
      try {
        transcript.take(i + 1, lines.get(i));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("Line " + (i + 1) + ": " + e.getMessage(), e);
      }
    }
    if (transcript.steps.isEmpty()) {
      throw new IllegalArgumentException("Nothing is said");
    }
    return transcript;
  }

  Settings settings() {
    return settings;
  }

  /** By the name of the hook, or by its name and argument with a space between them. */
  Map<String, Hook> hooks() {
    return hooks;
  }

  /** By user. */
  Map<String, String> passwords() {
    return passwords;
  }

  List<Step> steps() {
    return steps;
  }

  /** What the application must see, as {@link Application#calls()} writes it. */
  List<String> calls() {
    return calls;
  }

  /** The kinds of calls that must not happen. */
  List<String> never() {
    return never;
  }

  /** What must not stand in events and logs. */
  List<String> hidden() {
    return hidden;
  }

  /** Command lines that the events must tell. */
  List<String> commands() {
    return commands;
  }

  Set<Way> ways() {
    return ways;
  }

  private void take(int line, String text) {
    if (text.isBlank() || text.startsWith("#")) {
      return;
    }
    if (isOver() && !text.startsWith("handler ") && !text.startsWith("event ")) {
      throw new IllegalArgumentException("The dialogue is over: " + text);
    }
    if (text.startsWith("only: ")) {
      ways = ways(text.substring(6));
    } else if (text.startsWith("server: user ")) {
      String[] words = text.substring(13).split(" ", 2);
      passwords.put(words[0], words[1]);
    } else if (text.startsWith("server: ")) {
      settings.set(text.substring(8));
    } else if (text.startsWith("on ")) {
      hook(text);
    } else if (text.startsWith("handler never ")) {
      never.add(text.substring(14));
    } else if (text.startsWith("handler ")) {
      calls.add(call(text.substring(8)));
    } else if (text.startsWith("event hides ")) {
      hidden.add(text.substring(12));
    } else if (text.startsWith("event command ")) {
      commands.add(text.substring(14));
    } else {
      steps.add(step(line, text));
    }
  }

  private boolean isOver() {
    Step last = steps.isEmpty() ? null : steps.get(steps.size() - 1);
    return last instanceof Step.ServerCloses || last instanceof Step.ClientCloses;
  }

  private static Set<Way> ways(String names) {
    Set<Way> ways = EnumSet.noneOf(Way.class);
    for (String name : names.split(" ", -1)) {
      ways.add(Way.valueOf(name.toUpperCase(Locale.ROOT)));
    }
    return ways;
  }

  private void hook(String text) {
    Matcher hook = HOOK.matcher(text);
    if (!hook.matches() || !HOOKS.contains(hook.group(1))) {
      throw new IllegalArgumentException("No hook: " + text);
    }
    String name = hook.group(1) + (hook.group(2) == null ? "" : " " + hook.group(2));
    hooks.put(name, Hook.parse(hook.group(3)));
  }

  /** Brings the quoted octets of a call into the form that the application writes. */
  private static String call(String text) {
    int quote = text.indexOf(": \"") + 2;
    if (quote < 2 || !text.startsWith("data")) {
      return text;
    }
    Octets octets = Octets.read(text, quote);
    return text.substring(0, quote) + octets.quoted() + text.substring(octets.end());
  }

  private static Octets octets(String text) {
    Octets octets = Octets.read(text, 3);
    if (octets.end() < text.length()) {
      throw new IllegalArgumentException("More than octets: " + text);
    }
    return octets;
  }

  private static Step step(int line, String text) {
    Matcher reply = REPLY.matcher(text);
    if (reply.matches()) {
      int times = reply.group(1) == null ? 1 : Integer.parseInt(reply.group(1));
      return new Step.Line(line, times, reply.group(2));
    }
    Matcher rest = REST.matcher(text);
    if (rest.matches()) {
      return new Step.Rest(line, rest.group(1));
    }
    if (text.equals("C:") || text.startsWith("C: ")) {
      return new Step.Send(line, Octets.of((text.equals("C:") ? "" : text.substring(3)) + "\r\n"));
    }
    if (text.startsWith("C~ ")) {
      return new Step.Send(line, octets(text));
    }
    if (text.startsWith("S~ ")) {
      return new Step.Line(line, 1, octets(text).text());
    }
    return switch (text) {
      case "S-close" -> new Step.ServerCloses(line);
      case "C-close" -> new Step.ClientCloses(line);
      case "S-one-write" -> new Step.OneWrite(line);
      case "TLS" -> new Step.Handshake(line);
      default -> throw new IllegalArgumentException("No such line: " + text);
    };
  }
}
