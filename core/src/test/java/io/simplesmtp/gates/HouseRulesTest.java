package io.simplesmtp.gates;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What holds in all modules, as their sources show it. */
class HouseRulesTest {

  /** Comments and strings. */
  private static final Pattern PROSE =
      Pattern.compile("(?s)/\\*.*?\\*/|//[^\\n]*|'\\\\?.'|\"[^\"\\n]*\"");

  private static final Pattern LINK = Pattern.compile("\\]\\(([^)]+)\\)");
  private static final Pattern EXPORT = Pattern.compile("exports ([a-z.]+);");

  @Test
  void nothingIsSynchronized() throws IOException {
    assertThat(having(Sources.main(), Pattern.compile("\\bsynchronized\\b"))).isEmpty();
  }

  @Test
  void noTestSleeps() throws IOException {
    assertThat(having(Sources.all(), Pattern.compile("\\.\\s*sleep\\s*\\(|@Disabled"))).isEmpty();
  }

  /** What measures time must not: somebody may set the clock. */
  @Test
  void theWallClockIsReadOnlyForWhatPeopleReadAndForNames() throws IOException {
    Pattern clock =
        Pattern.compile(
            "\\b(Instant|Local\\w*|ZonedDateTime|OffsetDateTime|InstantSource|Clock)\\s*\\.\\s*(now|system\\w*)"
                + "\\s*\\(|\\bcurrentTimeMillis\\b|\\bnew Date\\(\\)");
    List<Path> shipped =
        Sources.main().stream()
            .filter(file -> !file.startsWith(Sources.root().resolve("bench")))
            .toList();
    assertThat(having(shipped, clock))
        .extracting(file -> file.getFileName().toString())
        .containsExactlyInAnyOrder(
            "ServeHandler.java", // the date in Received
            "MailExchange.java", // the same
            "Script.java", // the date of a letter
            "TimeOfDay.java", // of a line of the log
            "Extension.java", // a date that the client names
            "Credential.java", // the dates of a certificate
            "CramMd5.java", // a part of a challenge
            "Maildir.java", // a part of a name, and what is older than a day and a half
            "SessionIds.java"); // a part of a name
  }

  @Test
  void everyPackageIsNullMarked() throws IOException {
    Set<Path> unmarked = new TreeSet<>();
    for (Path file : Sources.all()) {
      Path relative = Sources.root().relativize(file);
      Path sources = Sources.root().resolve(relative.subpath(0, 3)).resolve("java");
      Path info =
          sources
              .resolve(relative.subpath(4, relative.getNameCount()))
              .resolveSibling("package-info.java");
      boolean isModule = file.endsWith("module-info.java");
      if (!isModule && (!Files.exists(info) || !Files.readString(info).contains("@NullMarked"))) {
        unmarked.add(Sources.root().relativize(info));
      }
    }
    assertThat(unmarked).isEmpty();
  }

  /** Benchmarks measure them, and are not published. */
  @Test
  void onlyTheCoreAndItsBenchmarksKnowItsInternals() throws IOException {
    List<Path> others =
        Sources.all().stream()
            .filter(file -> !file.startsWith(Sources.root().resolve("core")))
            .filter(file -> !file.startsWith(Sources.root().resolve("bench")))
            .toList();
    assertThat(having(others, Pattern.compile("io\\.simplesmtp\\.internal"))).isEmpty();
  }

  @Test
  void theModuleExportsWhatIsNotInternal() throws IOException {
    Path main = Sources.root().resolve("core/src/main");
    Set<String> exported = new TreeSet<>();
    EXPORT
        .matcher(Files.readString(main.resolve("module/module-info.java")))
        .results()
        .forEach(match -> exported.add(match.group(1)));
    Set<String> packages = new TreeSet<>();
    for (Path file : Sources.main()) {
      if (file.startsWith(main.resolve("java"))
          && !main.relativize(file).toString().contains("internal")) {
        packages.add(
            main.resolve("java").relativize(file.getParent()).toString().replace('/', '.'));
      }
    }
    assertThat(exported).isEqualTo(packages);
  }

  @Test
  void linksInDocumentsLeadToFiles() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path file : SnippetTest.documents()) {
      for (MatchResult link : LINK.matcher(Files.readString(file)).results().toList()) {
        String target = link.group(1).replaceFirst("#.*", "");
        if (!target.contains(":") && !Files.exists(file.resolveSibling(target))) {
          broken.add(Sources.root().relativize(file) + ": " + target);
        }
      }
    }
    assertThat(broken).isEmpty();
  }

  private static List<Path> having(List<Path> files, Pattern banned) throws IOException {
    List<Path> found = new ArrayList<>();
    for (Path file : files) {
      String code = PROSE.matcher(Files.readString(file)).replaceAll("");
      boolean isThis = file.endsWith("HouseRulesTest.java");
      if (!isThis && banned.matcher(code).find()) {
        found.add(Sources.root().relativize(file));
      }
    }
    return found;
  }
}
