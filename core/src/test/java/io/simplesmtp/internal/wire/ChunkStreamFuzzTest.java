package io.simplesmtp.internal.wire;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The content of chunks is what the naive reference says, wherever a chunk or a piece ends. */
class ChunkStreamFuzzTest {

  @FuzzTest(maxDuration = "10m")
  void readsAsTheNaiveReference(FuzzedDataProvider data) throws IOException {
    DataBounds bounds =
        new DataBounds(
            data.consumeInt(0, 2_000),
            data.consumeInt(0, 1_000),
            data.consumeInt(2, 1_000),
            data.consumeBoolean());
    boolean isBinary = data.consumeBoolean();
    int piece = data.consumeInt(1, 500);
    int portion = data.consumeInt(1, 300);
    int[] sizes = new int[data.consumeInt(0, 5)];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = data.consumeInt(0, 200);
    }
    String content = new String(data.consumeRemainingAsBytes(), StandardCharsets.ISO_8859_1);
    List<String> chunks = new ArrayList<>();
    int from = 0;
    for (int size : sizes) {
      int to = Math.min(from + size, content.length());
      chunks.add(content.substring(from, to));
      from = to;
    }
    chunks.add(content.substring(from));
    ChunkStreamTest.check(chunks, isBinary ? bounds.ofBinary() : bounds, piece, portion);
  }
}
