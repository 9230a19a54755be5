package io.simplesmtp.internal.server;

import io.simplesmtp.server.Listener;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channel;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Where clients come in: a listening socket that is bound here or was inherited, or a single client
 * that was inherited. Safe for use by any thread.
 */
final class Entrance {

  private static final int BACKLOG = 1024;

  private final SocketAddress address;
  private final @Nullable ServerSocketChannel socket;
  private final AtomicReference<@Nullable SocketChannel> sole;
  private final Optional<SocketFile> file;

  /** What waits for clients of an inherited socket, and is closed in its place. */
  private final @Nullable Selector selector;

  /** Held by who accepts from an inherited socket, or ends that it can be accepted from. */
  private final ReentrantLock lock = new ReentrantLock();

  private Entrance(ServerSocketChannel socket, Optional<SocketFile> file) throws IOException {
    this.address = socket.getLocalAddress();
    this.socket = socket;
    this.sole = new AtomicReference<>();
    this.file = file;
    this.selector = null;
  }

  private Entrance(ServerSocketChannel inherited, Selector selector) throws IOException {
    this.address = inherited.getLocalAddress();
    this.socket = inherited;
    this.sole = new AtomicReference<>();
    this.file = Optional.empty();
    this.selector = selector;
  }

  private Entrance(SocketChannel sole) throws IOException {
    this.address = sole.getLocalAddress();
    this.socket = null;
    this.sole = new AtomicReference<>(sole);
    this.file = Optional.empty();
    this.selector = null;
  }

  /** Opens what an address names: clients can connect from now on. */
  static Entrance open(SocketAddress address) throws IOException {
    try {
      if (address.equals(Listener.INHERITED)) {
        return of(System.inheritedChannel());
      }
      return address instanceof UnixDomainSocketAddress unix ? bind(unix) : bind(address);
    } catch (IOException | RuntimeException e) {
      throw new IOException("Cannot listen on " + address + ": " + e.getMessage(), e);
    }
  }

  /** Takes over a channel: one that listens, or one that is connected to a client. */
  static Entrance of(@Nullable Channel inherited) throws IOException {
    return switch (inherited) {
      case null -> throw new IOException("Standard input is no socket");
      case ServerSocketChannel socket -> lasting(socket);
      case SocketChannel client -> new Entrance(client);
      default -> throw new IOException("Not a stream socket: " + inherited);
    };
  }

  /**
   * Java sends standard output and error nowhere when it closes an inherited socket. The process
   * has more to say then, so the socket stays open, as it does for the one who gave it.
   */
  private static Entrance lasting(ServerSocketChannel inherited) throws IOException {
    Selector selector = inherited.provider().openSelector();
    try {
      inherited.configureBlocking(false);
      var unused = inherited.register(selector, SelectionKey.OP_ACCEPT);
      return new Entrance(inherited, selector);
    } catch (IOException | RuntimeException e) {
      selector.close();
      throw e;
    }
  }

  private static Entrance bind(SocketAddress address) throws IOException {
    ServerSocketChannel socket = ServerSocketChannel.open();
    try {
      socket.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      socket.bind(address, BACKLOG);
      return new Entrance(socket, Optional.empty());
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  private static Entrance bind(UnixDomainSocketAddress address) throws IOException {
    SocketFile.removeDead(address);
    ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      socket.bind(address, BACKLOG);
      return new Entrance(socket, Optional.of(SocketFile.bound(address.getPath())));
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  SocketAddress address() {
    return address;
  }

  /** Whether it lets in a single client, and no other ever. */
  boolean isForOne() {
    return socket == null;
  }

  /** Whether there can be another client. */
  boolean isOpen() {
    if (selector != null) {
      return selector.isOpen();
    }
    return socket == null ? sole.get() != null : socket.isOpen();
  }

  /** The next client; blocks until there is one. */
  SocketChannel accept() throws IOException {
    if (socket != null) {
      return selector == null ? socket.accept() : accept(socket, selector);
    }
    SocketChannel client = sole.getAndSet(null);
    if (client == null) {
      throw new ClosedChannelException();
    }
    return client;
  }

  /** The next client of an inherited socket, for which another process may be faster. */
  private SocketChannel accept(ServerSocketChannel socket, Selector selector) throws IOException {
    while (true) {
      lock.lock();
      try {
        SocketChannel client = selector.isOpen() ? socket.accept() : null;
        if (client != null) {
          return client;
        }
      } finally {
        lock.unlock();
      }
      selector.select();
      selector.selectedKeys().clear();
    }
  }

  /** Whoever has the socket next expects that it blocks, which nobody here must run into. */
  private void handOn(ServerSocketChannel inherited) throws IOException {
    lock.lock();
    try {
      inherited.configureBlocking(true);
    } finally {
      lock.unlock();
    }
  }

  /** Lets nobody in any more; who is in stays in. */
  void close() throws IOException {
    file.ifPresent(SocketFile::remove); // while the open socket keeps its identity from reuse
    SocketChannel client = sole.getAndSet(null);
    if (client != null) {
      client.close();
    }
    if (selector != null && socket != null) {
      selector.close();
      handOn(socket);
    } else if (socket != null) {
      socket.close();
    }
  }
}
