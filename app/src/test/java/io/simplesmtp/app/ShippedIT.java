package io.simplesmtp.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is shipped is what the bills of materials say; runs when it has been packaged. */
class ShippedIT {

  private static final Path ROOT =
      Path.of(System.getProperty("simplesmtp.root", "..")).toAbsolutePath().normalize();
  private static final String BILL = "target/bom.json";

  @BeforeEach
  void findTheBills() {
    for (String module : List.of("core", "app")) {
      assumeTrue(
          Files.exists(ROOT.resolve(module).resolve(BILL)),
          "skipped: the build made no bill of materials, as Maven was offline");
    }
  }

  @Test
  void theCoreIsNothingButItself() throws IOException {
    assertThat(named("core")).containsExactly("io.simplesmtp:simplesmtp");
  }

  @Test
  void theProgramIsTheCoreAndThreeLibraries() throws IOException {
    assertThat(named("app"))
        .containsExactlyInAnyOrder(
            "io.simplesmtp:simplesmtp-app",
            "io.simplesmtp:simplesmtp",
            "info.picocli:picocli",
            "commons-codec:commons-codec",
            "org.hdrhistogram:HdrHistogram");
  }

  @Test
  void theJarHasItsBillAndNoClassesOfOthers() throws IOException {
    try (JarFile jar = new JarFile(ROOT.resolve("app/target/simplesmtp.jar").toFile())) {
      assertThat(jar.getInputStream(jar.getEntry("META-INF/sbom/bom.json")))
          .hasBinaryContent(Files.readAllBytes(ROOT.resolve("app").resolve(BILL)));
      List<String> strangers =
          jar.stream()
              .map(JarEntry::getName)
              .filter(name -> name.endsWith(".class"))
              .map(name -> name.replaceFirst("^META-INF/versions/\\d+/", ""))
              .filter(name ->
                  !name.matches(
                      "(io/simplesmtp|picocli|org/apache/commons/codec|org/HdrHistogram)/.*"))
              .toList();
      assertThat(strangers).isEmpty();
    }
  }

  /** No number or time of the build, so that who builds it again has the same. */
  @Test
  void aBillSaysNothingOfWhenItWasMade() throws IOException {
    for (String module : List.of("core", "app")) {
      JsonObject bill = bill(module);
      assertThat(bill.has("serialNumber")).isFalse();
      assertThat(bill.getAsJsonObject("metadata").has("timestamp")).isFalse();
    }
  }

  /** The module and its components, as group and artifact. */
  private static List<String> named(String module) throws IOException {
    JsonObject bill = bill(module);
    List<String> names = new ArrayList<>();
    names.add(name(bill.getAsJsonObject("metadata").get("component")));
    if (bill.has("components")) {
      JsonArray components = bill.getAsJsonArray("components");
      components.forEach(component -> names.add(name(component)));
    }
    return names;
  }

  private static JsonObject bill(String module) throws IOException {
    String text = Files.readString(ROOT.resolve(module).resolve(BILL));
    return JsonParser.parseString(text).getAsJsonObject();
  }

  private static String name(JsonElement component) {
    JsonObject fields = component.getAsJsonObject();
    return fields.get("group").getAsString() + ":" + fields.get("name").getAsString();
  }
}
