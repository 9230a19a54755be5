package io.simplesmtp.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplesmtp.Parameter;
import io.simplesmtp.server.Extension;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What keeps a server from starting with service extensions: names not legal, or there twice. */
class ExtensionCheckTest {

  /** What stands behind {@code M:}, {@code R:} and {@code V:} are parameters and verbs. */
  private record Named(String keyword, List<String> names) implements Extension {

    static Named of(String text) {
      List<String> words = List.of(text.split(" ", -1));
      return new Named(words.get(0), words.subList(1, words.size()));
    }

    private Stream<String> behind(String kind) {
      return names.stream().filter(n -> n.startsWith(kind)).map(n -> n.substring(kind.length()));
    }

    private List<Parameter<?>> parameters(String kind) {
      return behind(kind).<Parameter<?>>map(n -> Parameter.of(n, value -> "")).toList();
    }

    @Override
    public List<Parameter<?>> mailParameters() {
      return parameters("M:");
    }

    @Override
    public List<Parameter<?>> rcptParameters() {
      return parameters("R:");
    }

    @Override
    public Set<String> verbs() {
      return Set.copyOf(behind("V:").toList());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      value = {
        "XA M:XA R:XA V:XA         | none",
        "XA M:XA ; XB M:XB         | none",
        "x                         | not a keyword: x",
        "X_A                       | not a keyword: X_A",
        "SIZE                      | SIZE is there twice",
        "AUTH                      | AUTH is there twice",
        "XA M:XA V:XA; XA M:XA V:XA| XA is there twice",
        "XA M:SIZE                 | the parameter SIZE of MAIL is there twice",
        "XA M:AUTH                 | the parameter AUTH of MAIL is there twice",
        "XA R:SIZE                 | none",
        "XA M:XM; XB M:XM          | the parameter XM of MAIL is there twice",
        "XA R:XR; XB R:XR          | the parameter XR of RCPT is there twice",
        "XA V:MAIL                 | the verb MAIL is there twice",
        "XA V:XV; XB V:XV          | the verb XV is there twice",
        "XA V:X-1                  | not a verb: X-1",
        "XA V:XVERBISTOOLONG       | not a verb: XVERBISTOOLONG"
      })
  void aNameIsLegalAndStandsForOneThing(String extensions, String fault) {
    List<Extension> all =
        Stream.of(extensions.split(";", -1)).<Extension>map(e -> Named.of(e.strip())).toList();
    if (fault == null) {
      assertThat(ExtensionCheck.faults(all)).isEmpty();
    } else {
      assertThat(ExtensionCheck.faults(all)).containsExactly("extensions: " + fault);
    }
  }
}
