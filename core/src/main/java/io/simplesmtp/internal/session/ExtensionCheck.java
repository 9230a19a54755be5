package io.simplesmtp.internal.session;

import io.simplesmtp.Parameter;
import io.simplesmtp.internal.protocol.Grammar;
import io.simplesmtp.internal.protocol.Verb;
import io.simplesmtp.server.Extension;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Judges the service extensions of an application before a server starts with them. */
public final class ExtensionCheck {

  private static final Pattern KEYWORD = Pattern.compile("[A-Z0-9][A-Z0-9-]{0,49}");
  private static final Pattern VERB = Pattern.compile("[A-Z]{1,12}");

  private final List<String> faults = new ArrayList<>();
  private final Set<String> keywords = new HashSet<>();
  private final Set<String> mailParameters;
  private final Set<String> rcptParameters;
  private final Set<String> verbs = new HashSet<>();

  private ExtensionCheck() {
    Extensions standard = Extensions.standard();
    Grammar grammar = standard.grammar();
    standard.all().forEach(extension -> keywords.add(extension.keyword()));
    mailParameters = new HashSet<>(grammar.mailParameters().keySet());
    rcptParameters = new HashSet<>(grammar.rcptParameters().keySet());
    for (Verb verb : Verb.values()) {
      verbs.add(verb.name());
    }
  }

  /** What is wrong with them: names that are not legal, or that stand for two things. */
  public static List<String> faults(List<Extension> extensions) {
    if (extensions.isEmpty()) {
      return List.of();
    }
    ExtensionCheck check = new ExtensionCheck();
    extensions.forEach(check::check);
    return check.faults;
  }

  private void check(Extension extension) {
    String keyword = extension.keyword();
    legal(KEYWORD.matcher(keyword).matches(), "not a keyword: " + keyword);
    if (!keywords.add(keyword)) {
      faults.add("extensions: " + keyword + " is there twice");
      return; // and so is all that belongs to it
    }
    for (Parameter<?> parameter : extension.mailParameters()) {
      single(mailParameters, parameter.keyword(), "the parameter " + parameter + " of MAIL");
    }
    for (Parameter<?> parameter : extension.rcptParameters()) {
      single(rcptParameters, parameter.keyword(), "the parameter " + parameter + " of RCPT");
    }
    for (String verb : extension.verbs()) {
      legal(VERB.matcher(verb).matches(), "not a verb: " + verb);
      single(verbs, verb, "the verb " + verb);
    }
  }

  private void legal(boolean isLegal, String fault) {
    if (!isLegal) {
      faults.add("extensions: " + fault);
    }
  }

  private void single(Set<String> names, String name, String what) {
    if (!names.add(name)) {
      faults.add("extensions: " + what + " is there twice");
    }
  }
}
