package io.simplesmtp.gates;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions.Style;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * All sources are formatted by google-java-format. With {@code -Dformat.apply=true} the files are
 * rewritten instead of reported.
 */
class FormatTest {

  private static final boolean APPLY = Boolean.getBoolean("format.apply");

  @Test
  void sourcesAreFormatted() throws IOException, FormatterException {
    Formatter formatter = new Formatter();
    List<Path> unformatted = new ArrayList<>();
    for (Path file : Sources.all()) {
      String source = Files.readString(file);
      String clean = RemoveUnusedImports.removeUnusedImports(source);
      String formatted = formatter.formatSource(ImportOrderer.reorderImports(clean, Style.GOOGLE));
      if (!formatted.equals(source)) {
        if (APPLY) {
          Files.writeString(file, formatted);
        } else {
          unformatted.add(Sources.root().relativize(file));
        }
      }
    }
    assertThat(unformatted)
        .as("mvn -pl core test -Dtest=FormatTest -Dformat.apply=true mends these")
        .isEmpty();
  }
}
