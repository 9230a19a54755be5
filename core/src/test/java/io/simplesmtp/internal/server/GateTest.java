package io.simplesmtp.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplesmtp.server.Admission;
import java.net.InetAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GateTest {

  private final Gate gate =
      new Gate(Admission.DEFAULT.withConnections(3).withConnectionsPerClient(1));

  @Test
  void countsAnIpv6NetworkOf64BitsAsOneClient() throws Exception {
    assertThat(gate.enter(address("2001:db8:0:1::1"))).isEmpty();
    assertThat(gate.enter(address("2001:db8:0:1:ffff::2"))).isPresent();
    assertThat(gate.enter(address("2001:db8:0:2::1"))).isEmpty();
    gate.leave(address("2001:db8:0:1::9"));
    assertThat(gate.enter(address("2001:db8:0:1::3"))).isEmpty();
  }

  @Test
  void countsEachIpv4Address() throws Exception {
    assertThat(gate.enter(address("192.0.2.1"))).isEmpty();
    assertThat(gate.enter(address("192.0.2.1"))).isPresent();
    assertThat(gate.enter(address("192.0.2.2"))).isEmpty();
    assertThat(gate.enter(address("::ffff:192.0.2.2"))).isPresent();
  }

  @Test
  void aRefusedClientLeavesNothingBehind() throws Exception {
    for (int i = 0; i < 10; i++) {
      assertThat(gate.enter(address("192.0.2.1")).isPresent()).isEqualTo(i > 0);
    }
    assertThat(gate.enter(address("192.0.2.2"))).isEmpty();
    assertThat(gate.enter(address("192.0.2.3"))).isEmpty();
    assertThat(gate.enter(address("192.0.2.4"))).isPresent();
  }

  private static Optional<InetAddress> address(String numeric) throws Exception {
    return Optional.of(InetAddress.getByName(numeric));
  }
}
