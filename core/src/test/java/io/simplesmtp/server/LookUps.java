package io.simplesmtp.server;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolver.LookupPolicy;
import java.net.spi.InetAddressResolverProvider;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * The resolver of the JVM that runs the tests: resolves as ever, and keeps what it was asked. The
 * JVM finds it as a service.
 */
public final class LookUps extends InetAddressResolverProvider {

  private record LookUp(String thread, String query) {}

  private static final List<LookUp> MADE = new CopyOnWriteArrayList<>();

  /** The names and addresses that were looked up since the list was last cleared. */
  public static List<String> made() {
    return MADE.stream().map(LookUp::query).toList();
  }

  /** Those of them that threads of servers asked for. */
  static List<String> byServers() {
    return MADE.stream().filter(m -> m.thread().startsWith("smtp-")).map(LookUp::query).toList();
  }

  /** Clears the list. */
  public static void forget() {
    MADE.clear();
  }

  private static void note(String query) {
    MADE.add(new LookUp(Thread.currentThread().getName(), query));
  }

  @Override
  public InetAddressResolver get(Configuration configuration) {
    InetAddressResolver ordinary = configuration.builtinResolver();
    return new InetAddressResolver() {
      @Override
      public Stream<InetAddress> lookupByName(String host, LookupPolicy policy)
          throws UnknownHostException {
        note(host);
        return ordinary.lookupByName(host, policy);
      }

      @Override
      public String lookupByAddress(byte[] address) throws UnknownHostException {
        note(InetAddress.getByAddress(address).getHostAddress());
        return ordinary.lookupByAddress(address);
      }
    };
  }

  @Override
  public String name() {
    return "look-ups are kept";
  }
}
