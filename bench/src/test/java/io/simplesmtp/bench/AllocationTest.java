package io.simplesmtp.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** No path of the core allocates more than {@code allocation.txt} allows it. */
class AllocationTest {

  /** A row: what was measured when it was written, and the most that may be. */
  private record Bound(long measured, long limit) {}

  private static final String TABLE = "allocation.txt";

  @BeforeAll
  static void countsAllocation() {
    assumeTrue(Allocation.isCounted(), "skipped: this JVM does not count what a thread allocates");
  }

  @Test
  void noPathAllocatesMoreThanItsLimit() throws Exception {
    Map<String, Bound> bounds = bounds();
    Map<String, Long> measured = Paths.measured();
    assertThat(bounds).as("the rows of " + TABLE).containsOnlyKeys(measured.keySet());
    List<String> excess = new ArrayList<>();
    measured.forEach((path, octets) -> {
      Bound bound = bounds.get(path);
      if (bound != null && octets > bound.limit()) {
        excess.add(
            "%s allocates %d octets, over its limit of %d; it was %d"
                .formatted(path, octets, bound.limit(), bound.measured()));
      }
    });
    assertThat(excess).as("all that was measured: " + measured).isEmpty();
  }

  @Test
  void whatAllocatesIsFound() throws Exception {
    byte[][] kept = new byte[1][];
    assertThat(Allocation.of(() -> kept[0] = kept[0])).isZero();
    assertThat(Allocation.of(() -> kept[0] = new byte[1_000])).isBetween(1_000L, 1_024L);
  }

  private static Map<String, Bound> bounds() throws IOException {
    Map<String, Bound> bounds = new LinkedHashMap<>();
    try (InputStream in = AllocationTest.class.getResourceAsStream(TABLE)) {
      assertThat(in).as(TABLE).isNotNull();
      String table = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.US_ASCII);
      for (String row : table.lines().filter(line -> !line.startsWith("#")).toList()) {
        String[] cells = row.split("\\|", -1);
        Bound bound = new Bound(Long.parseLong(cells[1].strip()), Long.parseLong(cells[2].strip()));
        bounds.put(cells[0].strip(), bound);
      }
    }
    return bounds;
  }
}
