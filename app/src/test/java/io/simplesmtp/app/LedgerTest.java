package io.simplesmtp.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {

  private static final String TRACE =
      """
      Return-Path: <a@b.org>
      Received: from c.test ([127.0.0.1])
      \tby mx.test with ESMTP
      \tid 1;
      \tMon, 30 Nov 2026 00:00:00 +0000
      """
          .replace("\n", "\r\n");

  @TempDir Path folder;

  private final Ledger ledger = new Ledger();

  @Test
  void anAcknowledgedMessageIsMissingUntilItIsFound() throws IOException {
    Parcel first = ledger.next();
    Parcel second = ledger.next();
    ledger.acknowledged(second);
    assertThat(ledger.missing()).containsExactly(second.number());
    ledger.find(stored(first.content(), first.content().length));
    ledger.find(stored(second.content(), second.content().length));
    ledger.acknowledged(first);
    assertThat(ledger.missing()).isEmpty();
    assertThat(ledger.found()).isEqualTo(2);
  }

  @Test
  void aMessageThatIsThereTwiceIsAFault() throws IOException {
    Parcel parcel = ledger.next();
    Path file = stored(parcel.content(), parcel.content().length);
    ledger.find(file);
    assertThatThrownBy(() -> ledger.find(file)).isInstanceOf(AssertionError.class);
    ledger.acknowledged(parcel);
    assertThatThrownBy(() -> ledger.find(file)).isInstanceOf(AssertionError.class);
  }

  @Test
  void aPartOfAMessageAndAWrongOctetAreFaults() throws IOException {
    byte[] content = ledger.next().content();
    Path part = stored(content, content.length - 2);
    assertThatThrownBy(() -> ledger.find(part)).hasMessageContaining("is whole");
    content[content.length / 2]++;
    Path wrong = stored(content, content.length);
    assertThatThrownBy(() -> ledger.find(wrong)).hasMessageContaining("is whole");
  }

  private Path stored(byte[] content, int length) throws IOException {
    byte[] trace = TRACE.getBytes(StandardCharsets.US_ASCII);
    byte[] all = Arrays.copyOf(trace, trace.length + length);
    System.arraycopy(content, 0, all, trace.length, length);
    return Files.write(Files.createTempFile(folder, "mail", ""), all);
  }
}
