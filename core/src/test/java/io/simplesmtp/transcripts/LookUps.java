package io.simplesmtp.transcripts;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** Notes which names and addresses are looked up in this process, and lets them be. */
public final class LookUps extends InetAddressResolverProvider {

  private static final List<String> MADE = new CopyOnWriteArrayList<>();

  /** What was looked up since the list was last cleared. */
  static List<String> made() {
    return MADE;
  }

  @Override
  public InetAddressResolver get(Configuration configuration) {
    InetAddressResolver builtin = configuration.builtinResolver();
    return new InetAddressResolver() {
      @Override
      public Stream<InetAddress> lookupByName(String host, LookupPolicy policy)
          throws UnknownHostException {
        MADE.add(host);
        return builtin.lookupByName(host, policy);
      }

      @Override
      public String lookupByAddress(byte[] address) throws UnknownHostException {
        MADE.add(InetAddress.getByAddress(address).getHostAddress());
        return builtin.lookupByAddress(address);
      }
    };
  }

  @Override
  public String name() {
    return "noting";
  }
}
