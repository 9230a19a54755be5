package io.simplesmtp.internal.wire;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Mail data is what the naive reference says, whatever it is and however it is cut. */
class DataStreamFuzzTest {

  /** Stands for a run of clean lines, which the fast way needs and a fuzzer does not grow. */
  private static final String RUN = "\u0001";

  /** Up to so many octets all splits are tried, else one. */
  private static final int SHORT = 120;

  @FuzzTest(maxDuration = "10m")
  void readsAsTheNaiveReference(FuzzedDataProvider data) throws IOException {
    DataBounds bounds =
        new DataBounds(
            data.consumeInt(0, 5_000),
            data.consumeInt(0, 3_000),
            data.consumeInt(2, 2_000),
            data.consumeBoolean());
    String clean = ("q".repeat(data.consumeInt(0, 120)) + "\r\n").repeat(data.consumeInt(0, 40));
    int size = data.consumeInt(1, 3_000);
    int split = data.consumeInt(0, 10_000);
    int portion = data.consumeInt(1, 300);
    byte[] rest = data.consumeRemainingAsBytes();
    String input = new String(rest, StandardCharsets.ISO_8859_1).replace(RUN, clean);
    String whole = input + "\r\n.\r\n" + DataStreamTest.NEXT;
    byte[] octets = whole.getBytes(StandardCharsets.ISO_8859_1);
    NaiveData expected = NaiveData.read(whole, bounds);
    DataStreamTest.check(expected, whole, Chunks.of(octets, size), bounds, portion);
    boolean isShort = octets.length <= SHORT;
    int first = isShort ? 0 : Math.min(split, octets.length);
    int last = isShort ? octets.length : first;
    for (int at = first; at <= last; at++) {
      DataStreamTest.check(expected, whole, Chunks.splitAt(octets, at), bounds, portion);
    }
  }
}
