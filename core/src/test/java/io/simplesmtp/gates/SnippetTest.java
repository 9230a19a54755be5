package io.simplesmtp.gates;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Code in Javadoc compiles; Java code in Markdown stands there or in the examples. */
class SnippetTest {

  private static final Pattern JAVADOC =
      Pattern.compile("(?s)<pre>\\{@code\n(.*?)\n *\\* *\\}</pre>");
  private static final Pattern MARKDOWN = Pattern.compile("(?s)```java\n(.*?)```");

  /** What a snippet may use without saying where it comes from. */
  private static final String FRAME =
      """
      import io.simplesmtp.*;
      import io.simplesmtp.auth.*;
      import io.simplesmtp.server.*;
      import io.simplesmtp.server.policy.*;
      import java.net.*;
      import java.nio.file.*;
      import java.time.*;
      import java.util.*;

      class SnippetNUMBER {
        SmtpHandler handler;
        SmtpServer server;
        MailFrom mailFrom;
        Envelope envelope;
        Session session;
        Path chain;
        Path key;
        Path store;
        char[] password;

        void run() throws Exception {
          CODE
        }
      }
      """;

  @Test
  void snippetsInJavadocCompile(@TempDir Path folder) throws IOException {
    List<JavaFileObject> units = new ArrayList<>();
    for (Path file : Sources.main()) {
      for (String snippet : find(JAVADOC, Files.readString(file))) {
        units.add(new Source(units.size(), file, unstarred(snippet)));
      }
    }
    assertThat(units).hasSizeGreaterThan(5);
    assertThat(errors(units, folder)).isEmpty();
  }

  @Test
  void snippetsInMarkdownStandInTheExamples() throws IOException {
    String examples = "";
    for (Path file : Sources.main()) {
      String source = Files.readString(file);
      examples += squeezed(source) + "\n";
      for (String snippet : find(JAVADOC, source)) {
        examples += squeezed(unstarred(snippet)) + "\n";
      }
    }
    List<String> strangers = new ArrayList<>();
    for (Path file : documents()) {
      for (String snippet : find(MARKDOWN, Files.readString(file))) {
        if (!examples.contains(squeezed(snippet))) {
          strangers.add(Sources.root().relativize(file) + ":\n" + snippet);
        }
      }
    }
    assertThat(strangers).isEmpty();
  }

  static List<Path> documents() throws IOException {
    try (Stream<Path> top = Files.list(Sources.root());
        Stream<Path> docs = Files.walk(Sources.root().resolve("docs"))) {
      return Stream.concat(top, docs).filter(f -> f.toString().endsWith(".md")).toList();
    }
  }

  private static List<String> find(Pattern pattern, String text) {
    return pattern.matcher(text).results().map((MatchResult r) -> r.group(1)).toList();
  }

  /** Without white space, because a document breaks its lines otherwise than the formatter. */
  private static String squeezed(String code) {
    return code.replaceAll("\\s", "");
  }

  private static String unstarred(String snippet) {
    return snippet
        .lines()
        .map(line -> line.replaceFirst("^\\s*\\* ?", ""))
        .collect(Collectors.joining("\n"));
  }

  private static String errors(List<JavaFileObject> units, Path folder) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter out = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      List<String> options =
          List.of(
              "-proc:none", "-d", folder.toString(), "-cp", System.getProperty("java.class.path"));
      boolean isFine = compiler.getTask(out, files, null, options, null, units).call();
      return isFine ? "" : out.toString();
    }
  }

  private static final class Source extends SimpleJavaFileObject {

    private final String code;

    Source(int number, Path origin, String snippet) {
      super(URI.create("string:///Snippet" + number + ".java"), Kind.SOURCE);
      this.code =
          "// " + origin + "\n" + FRAME.replace("NUMBER", "" + number).replace("CODE", snippet);
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return code;
    }
  }
}
