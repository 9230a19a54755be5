package io.simplesmtp.internal.server;

import io.simplesmtp.schedules.Schedules;
import io.simplesmtp.server.Admission;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Clients that come and go at once are never more than there may be, and leave nothing behind. */
class GateSchedulesTest {

  private static final InetAddress ANN = client(1);
  private static final InetAddress BOB = client(2);

  /** A gate, and who is inside. */
  private static final class State {
    private final int most;
    private final Gate gate;
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger ofAnn = new AtomicInteger();
    private volatile boolean isFull;

    /** For so many connections, of which each client has one. */
    State(int most) {
      this.most = most;
      gate = new Gate(Admission.DEFAULT.withConnections(most).withConnectionsPerClient(1));
    }

    /** Comes in as a client's, and goes. */
    void visit(InetAddress client) {
      if (gate.enter(Optional.of(client)).isEmpty()) {
        stay(client);
        gate.leave(Optional.of(client));
      }
    }

    /** Comes in as nobody's, and is a client's when its proxy has told. */
    void visitByProxy(InetAddress client) {
      if (gate.enter(Optional.empty()).isEmpty()) {
        boolean isNamed = gate.name(client).isEmpty();
        if (isNamed) {
          stay(client);
        }
        gate.leave(isNamed ? Optional.of(client) : Optional.empty());
      }
    }

    private void stay(InetAddress client) {
      isFull |= inside.incrementAndGet() > most;
      isFull |= client.equals(ANN) && ofAnn.incrementAndGet() > 1;
      for (int i = 0; i < 50; i++) {
        Thread.onSpinWait();
      }
      if (client.equals(ANN)) {
        ofAnn.decrementAndGet();
      }
      inside.decrementAndGet();
    }

    /** As many come in as may, and no more. */
    @Override
    public String toString() {
      boolean isEmpty =
          gate.enter(Optional.of(ANN)).isEmpty()
              && gate.enter(Optional.of(ANN)).isPresent()
              && (most == 1 || gate.enter(Optional.of(BOB)).isEmpty())
              && gate.enter(Optional.empty()).isPresent();
      return (isFull ? "too many, " : "bounded, ") + (isEmpty ? "empty" : "not empty");
    }
  }

  @Test
  void theLastPlaceIsTakenByOne() throws Exception {
    Schedules.of(1_000, () -> new State(1))
        .actor(state -> state.visit(ANN))
        .actor(state -> state.visit(BOB))
        .allow(State::toString, "bounded, empty");
  }

  @Test
  void aClientThatComesTwiceAtOnceHasOnePlace() throws Exception {
    Schedules.of(1_000, () -> new State(2))
        .actor(state -> state.visit(ANN))
        .actor(state -> state.visit(ANN))
        .allow(State::toString, "bounded, empty");
  }

  @Test
  void aClientThatAlsoComesByAProxyHasOnePlace() throws Exception {
    Schedules.of(500, () -> new State(2))
        .actor(state -> state.visit(ANN))
        .actor(state -> state.visitByProxy(ANN))
        .actor(state -> state.visitByProxy(BOB))
        .allow(State::toString, "bounded, empty");
  }

  private static InetAddress client(int last) {
    try {
      return InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, (byte) last});
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }
}
