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
 * The resolver of the JVM that runs the tests: resolves as ever, and keeps what the threads of a
 * server asked it. The JVM finds it as a service.
 */
public final class LookUps extends InetAddressResolverProvider {

  private static final List<String> BY_SERVERS = new CopyOnWriteArrayList<>();

  /** What threads of servers looked up since the JVM began. */
  static List<String> byServers() {
    return List.copyOf(BY_SERVERS);
  }

  /** The same, and begins anew. */
  static List<String> forget() {
    List<String> asked = byServers();
    BY_SERVERS.clear();
    return asked;
  }

  private static void note(String query) {
    if (Thread.currentThread().getName().startsWith("smtp-")) {
      BY_SERVERS.add(query);
    }
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
    return "look-ups of servers are kept";
  }
}
