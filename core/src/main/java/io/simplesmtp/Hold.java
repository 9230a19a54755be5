package io.simplesmtp;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How long a message is to be kept before it is sent on (RFC 4865).
 *
 * <pre>{@code
 * Instant now = Instant.now();
 * Instant release = Hold.of(mailFrom.parameters()).map(hold -> hold.release(now)).orElse(now);
 * }</pre>
 *
 * <p>Immutable and safe for use by any thread. Prints itself as in its parameter.
 */
public sealed interface Hold {

  /**
   * When the message may be sent on.
   *
   * @param now the time of MAIL
   */
  Instant release(Instant now);

  /** What the parameters of MAIL ask for; a server lets a client ask for one of the two. */
  static Optional<Hold> of(Parameters parameters) {
    Optional<For> time = parameters.get(Parameter.HOLDFOR);
    return time.isPresent()
        ? time.map(hold -> hold)
        : parameters.get(Parameter.HOLDUNTIL).map(hold -> hold);
  }

  /**
   * For a time, as HOLDFOR has it.
   *
   * @param time whole seconds, 1 to {@value #MAX_SECONDS}
   */
  record For(Duration time) implements Hold {

    /** The longest time, in seconds. */
    public static final int MAX_SECONDS = 999_999_999;

    private static final Pattern FORM = Pattern.compile("[1-9][0-9]{0,8}");

    /**
     * Checks the time.
     *
     * @throws IllegalArgumentException if it is out of its range, or has a fraction of a second
     */
    public For {
      if (time.toNanosPart() != 0 || !time.isPositive() || time.toSeconds() > MAX_SECONDS) {
        throw new IllegalArgumentException("HOLDFOR has 1 to " + MAX_SECONDS + " whole seconds");
      }
    }

    /**
     * Reads the parameter's value, one to nine digits, the first not zero.
     *
     * @throws IllegalArgumentException if it has another form
     */
    public static For parse(String text) {
      if (!FORM.matcher(text).matches()) {
        throw new IllegalArgumentException("HOLDFOR is a number of seconds");
      }
      return new For(Duration.ofSeconds(Integer.parseInt(text)));
    }

    @Override
    public Instant release(Instant now) {
      return now.plus(time);
    }

    @Override
    public String toString() {
      return Long.toString(time.toSeconds());
    }
  }

  /**
   * Until a time, as HOLDUNTIL has it.
   *
   * @param time in the years 0 to 9999; may be past, and then there is nothing to wait for
   */
  record Until(Instant time) implements Hold {

    private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    /** {@code date-time} of RFC 3339 in UTC. */
    private static final Pattern FORM =
        Pattern.compile(
            "[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt]([01][0-9]|2[0-3]):[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?[Zz]");

    /**
     * Checks the year.
     *
     * @throws IllegalArgumentException if it does not have four digits
     */
    public Until {
      if (time.isBefore(FIRST) || time.isAfter(LAST)) {
        throw new IllegalArgumentException("HOLDUNTIL is in a year of four digits");
      }
    }

    /**
     * Reads the parameter's value, such as {@code 2030-01-31T08:00:00Z}.
     *
     * @throws IllegalArgumentException if it has another form, or there is no such time
     */
    public static Until parse(String text) {
      if (!FORM.matcher(text).matches()) {
        throw new IllegalArgumentException("HOLDUNTIL is a time in UTC");
      }
      try {
        return new Until(Instant.parse(text));
      } catch (DateTimeException e) {
        throw new IllegalArgumentException("HOLDUNTIL is a time in UTC", e);
      }
    }

    @Override
    public Instant release(Instant now) {
      return time.isAfter(now) ? time : now;
    }

    @Override
    public String toString() {
      return time.toString();
    }
  }
}
