package io.simplesmtp.server;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A plain reader of a Received field (RFC 5321 section 4.4), which knows words, comments, quotes
 * and brackets (RFC 5322 section 3.2) and takes nothing on trust: what is no clause is a fault.
 */
final class ReceivedReader {

  /** The clauses by their names, in lower case, and what stands in comments, without its quotes. */
  record Field(Map<String, String> clauses, List<String> comments, String date) {}

  private final String text;
  private int at;
  private final List<String> comments = new ArrayList<>();

  private ReceivedReader(String text) {
    this.text = text;
  }

  /** Reads a field with its folds and its last CR LF. */
  static Field read(String field) {
    String unfolded = field.replaceAll("\r\n(?=[ \t])", "");
    if (!unfolded.startsWith("Received: ") || unfolded.indexOf("\r\n") != unfolded.length() - 2) {
      throw new IllegalArgumentException("Not one field: " + field);
    }
    return new ReceivedReader(unfolded.substring(10, unfolded.length() - 2)).field();
  }

  private Field field() {
    Map<String, String> clauses = new LinkedHashMap<>();
    skip();
    while (text.charAt(at) != ';') {
      String name = word();
      skip();
      if (clauses.put(name, word()) != null) {
        throw new IllegalArgumentException("Twice: " + name);
      }
      skip();
    }
    return new Field(clauses, comments, text.substring(at + 1).strip());
  }

  /** Passes white space and comments. */
  private void skip() {
    while (text.charAt(at) == ' ' || text.charAt(at) == '\t' || text.charAt(at) == '(') {
      if (text.charAt(at) == '(') {
        comments.add(comment());
      } else {
        at++;
      }
    }
  }

  private String comment() {
    StringBuilder comment = new StringBuilder();
    for (at++; text.charAt(at) != ')'; at++) {
      if (text.charAt(at) == '(') {
        throw new IllegalArgumentException("A comment within a comment: " + text);
      }
      if (text.charAt(at) == '\\') {
        at++;
      }
      comment.append(text.charAt(at));
    }
    at++;
    return comment.toString();
  }

  /** What stands up to the next white space, comment or semicolon that is not enclosed. */
  private String word() {
    int begin = at;
    char end = 0;
    while (end != 0 || " \t(;".indexOf(text.charAt(at)) < 0) {
      char c = text.charAt(at);
      if (end == '"' && c == '\\') {
        at++;
      } else if (end == c) {
        end = 0;
      } else if (end == 0) {
        end = c == '"' ? '"' : c == '[' ? ']' : 0;
      }
      at++;
    }
    if (at == begin) {
      throw new IllegalArgumentException("No word at " + at + ": " + text);
    }
    return text.substring(begin, at);
  }
}
