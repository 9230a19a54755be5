package io.simplesmtp.schedules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Runs actors against each other, round after round, each round on a fresh state, and collects what
 * comes of it. The actors of a round begin together, each after a short delay of its own, so that
 * they overlap at another place each time. A round that does not end is a lost wake-up.
 *
 * <p>{@code -Dschedules.factor=100} makes a hundred times as many rounds.
 *
 * @param <S> what the actors of a round share
 */
public final class Schedules<S> {

  /** A thread of a round. */
  @FunctionalInterface
  public interface Actor<S> {

    /** Acts once. */
    void act(S state) throws Exception;
  }

  private static final int FACTOR = Integer.getInteger("schedules.factor", 1);
  private static final long PATIENCE_SECONDS = 60;

  /** The longest delay is this power of 2, in spins. */
  private static final int MOST_DELAY = 10;

  /** Behind so many spins there are too few processors for all actors. */
  private static final int MOST_SPINS = 20_000;

  private final Map<String, Integer> outcomes = new TreeMap<>();
  private final int rounds;
  private final int batch;
  private final Supplier<S> states;
  private final List<Actor<? super S>> actors = new ArrayList<>();

  /** Rounds of a batch follow each other without a rest, so that all threads stay awake. */
  private Schedules(int rounds, int batch, Supplier<S> states) {
    this.rounds = rounds * FACTOR;
    this.batch = batch;
    this.states = states;
  }

  /** As many rounds, times the factor, each on a state from here; many of them are made ahead. */
  public static <S> Schedules<S> of(int rounds, Supplier<S> states) {
    return new Schedules<>(rounds, 50, states);
  }

  /** The same for states that would disturb each other: one is made when the one before is over. */
  public static <S> Schedules<S> oneByOne(int rounds, Supplier<S> states) {
    return new Schedules<>(rounds, 1, states);
  }

  /** One more thread. */
  public Schedules<S> actor(Actor<? super S> actor) {
    actors.add(actor);
    return this;
  }

  /**
   * Runs all rounds and checks that nothing came of one but what is allowed.
   *
   * @param outcome what came of a round, asked when all actors have ended
   */
  public void allow(Function<? super S, String> outcome, String... allowed) throws Exception {
    assertThat(run(outcome).keySet()).as("outcomes").isSubsetOf(Set.of(allowed));
  }

  /** Runs all rounds; how often each outcome came. */
  public Map<String, Integer> run(Function<? super S, String> outcome) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(actors.size());
    try {
      for (int done = 0; done < rounds; done += batch) {
        List<S> next = Stream.generate(states).limit(Math.min(batch, rounds - done)).toList();
        perform(threads, next, done);
        next.forEach(state -> outcomes.merge(outcome.apply(state), 1, Integer::sum));
      }
    } finally {
      threads.shutdownNow();
    }
    if (FACTOR > 1) {
      System.out.println(caller() + ": " + rounds + " rounds, " + outcomes);
    }
    return outcomes;
  }

  private void perform(ExecutorService threads, List<S> all, int seed) throws Exception {
    AtomicInteger arrived = new AtomicInteger();
    List<Future<?>> ends = new ArrayList<>();
    for (int i = 0; i < actors.size(); i++) {
      Actor<? super S> actor = actors.get(i);
      Random random = new Random(31L * seed + i);
      ends.add(
          threads.submit(() -> {
            int due = 0;
            for (S state : all) {
              due += actors.size();
              await(arrived, due);
              delay(random);
              actor.act(state);
            }
            return null;
          }));
    }
    for (Future<?> end : ends) {
      try {
        end.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      } catch (TimeoutException e) {
        S state = all.get((arrived.get() - 1) / actors.size());
        throw new AssertionError("An actor waits for ever: " + outcomes + ", " + state, e);
      } catch (ExecutionException e) {
        throw new AssertionError("An actor failed", e.getCause());
      }
    }
  }

  private static void await(AtomicInteger arrived, int due) {
    arrived.incrementAndGet();
    for (int spins = 0; arrived.get() < due; spins++) {
      if (spins < MOST_SPINS) {
        Thread.onSpinWait();
      } else {
        LockSupport.parkNanos(1);
      }
    }
  }

  /** Short ones are as frequent as long ones, as what is raced for may take no time at all. */
  private static void delay(Random random) {
    for (int left = random.nextInt(1 << random.nextInt(1 + MOST_DELAY)); left > 0; left--) {
      Thread.onSpinWait();
    }
  }

  private static String caller() {
    return StackWalker.getInstance()
        .walk(frames ->
            frames
                .map(frame -> frame.getClassName() + "#" + frame.getMethodName())
                .filter(name -> !name.startsWith(Schedules.class.getName() + "#"))
                .findFirst()
                .orElseThrow());
  }
}
