package io.simplesmtp.app.load;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A connection to the server: what is to be sent gathers in one buffer and goes out in one write
 * before a reply is awaited. Each wait has a deadline. For one thread.
 */
final class Connection implements Closeable, Letter.Octets {

  private final SocketChannel channel;
  private final Watch.Guard guard;
  private final ReplyReader replies = new ReplyReader();
  private final ReplyReader.Source source = this::read;
  private final ReplyCounts counts;
  private final byte[] buffer;
  private Link link;
  private int length;

  private Connection(SocketChannel channel, Watch.Guard guard, ReplyCounts counts, int room) {
    this.channel = channel;
    this.guard = guard;
    this.counts = counts;
    this.buffer = new byte[room];
    this.link = new ChannelLink(channel);
  }

  /**
   * Makes one over a channel that need not be connected yet.
   *
   * @param room the octets that go out in one write
   */
  static Connection over(SocketChannel channel, Watch.Guard guard, ReplyCounts counts, int room) {
    return new Connection(channel, guard, counts, room);
  }

  /** Does something to the channel that may block, within the deadline. */
  void change(Change change) throws IOException {
    guard.begin();
    try {
      link = change.apply(channel, link);
    } catch (IOException e) {
      throw guard.reason(e);
    } finally {
      guard.end();
    }
  }

  /** What makes one link out of another. */
  interface Change {
    Link apply(SocketChannel channel, Link link) throws IOException;
  }

  /** Puts octets behind those that wait to be sent. */
  @Override
  public void append(byte[] octets) throws IOException {
    int count = octets.length;
    if (count > buffer.length - length) {
      flush();
    }
    if (count > buffer.length) {
      write(octets, count);
    } else {
      System.arraycopy(octets, 0, buffer, length, count);
      length += count;
    }
  }

  /** Sends a line of its own. */
  void say(String command) throws IOException {
    append((command + "\r\n").getBytes(StandardCharsets.UTF_8));
    flush();
  }

  /** Sends what waits. */
  void flush() throws IOException {
    int count = length;
    length = 0;
    if (count > 0) {
      write(buffer, count);
    }
  }

  /** Waits for a reply and returns its code. */
  int reply() throws IOException {
    return reply(null);
  }

  /** Waits for a reply, hands over the text of its lines, and returns its code. */
  int reply(@Nullable Consumer<String> lines) throws IOException {
    int code = replies.next(source, lines);
    counts.add(code);
    return code;
  }

  /** The last line of the last reply. */
  String text() {
    return replies.text();
  }

  /** Whether the server has sent more than the last reply. */
  boolean hasMore() {
    return replies.hasMore();
  }

  @Override
  public void close() {
    guard.close();
  }

  private int read(byte[] target, int offset, int most) throws IOException {
    guard.begin();
    try {
      return link.read(target, offset, most);
    } catch (IOException e) {
      throw guard.reason(e);
    } finally {
      guard.end();
    }
  }

  private void write(byte[] octets, int count) throws IOException {
    guard.begin();
    try {
      link.write(octets, 0, count);
    } catch (IOException e) {
      throw guard.reason(e);
    } finally {
      guard.end();
    }
  }
}
