package io.simplesmtp.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Stream;

/** What a process took in the course of time, kept as CSV too. */
final class Course {

  /**
   * A sample.
   *
   * @param heapKib measured now and then only, as it takes a collection
   */
  record Row(long seconds, Vitals vitals, OptionalLong heapKib, long acknowledged) {

    private Object[] figures() {
      String heap = heapKib.isPresent() ? Long.toString(heapKib.getAsLong()) : "";
      return new Object[] {
        seconds, vitals.residentKib(), heap, vitals.descriptors(), vitals.threads(), acknowledged
      };
    }
  }

  private static final String COLUMNS =
      "seconds,resident_kib,heap_kib,descriptors,threads,acknowledged";

  private final Figures figures;
  private final List<Row> rows = new ArrayList<>();

  /** An empty one of this name. */
  Course(String name) throws IOException {
    figures = Figures.anew(name, COLUMNS);
  }

  void add(Row row) throws IOException {
    rows.add(row);
    figures.add(row.figures());
  }

  /**
   * Checks that nothing was more in the last quarter than in the first, but for a little.
   *
   * @param slack one, or more where a little is much
   */
  void checkFlat(int slack) {
    checkFlat("resident KiB", row -> Stream.of(row.vitals().residentKib()), slack * (16L << 10));
    checkFlat("heap KiB", row -> row.heapKib().stream().boxed(), slack * (4L << 10));
    checkFlat("descriptors", row -> Stream.of(row.vitals().descriptors()), slack * 5L);
    checkFlat("threads", row -> Stream.of(row.vitals().threads()), slack * 5L);
  }

  /** The medians may differ by a tenth, and by what goes up and down by itself. */
  private void checkFlat(String what, Function<Row, Stream<Long>> column, long slack) {
    List<Long> all = rows.stream().flatMap(column).toList();
    int quarter = Math.ceilDiv(all.size(), 4);
    long first = median(all.subList(0, quarter));
    long last = median(all.subList(all.size() - quarter, all.size()));
    assertThat(last)
        .as("%s, at first %s", what, first)
        .isLessThanOrEqualTo(first + first / 10 + slack);
  }

  private static long median(List<Long> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }
}
