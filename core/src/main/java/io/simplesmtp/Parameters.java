package io.simplesmtp;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The parameters that a client gave to MAIL or RCPT, each with its typed value, in their order.
 *
 * <pre>{@code
 * Parameters parameters = Parameters.NONE.with(Parameter.BODY, BodyType.EIGHT_BIT_MIME);
 * }</pre>
 *
 * <p>Immutable and safe for use by any thread.
 */
public final class Parameters {

  /** No parameter. */
  public static final Parameters NONE = new Parameters(Map.of());

  private final Map<Parameter<?>, Object> values;

  private Parameters(Map<Parameter<?>, Object> values) {
    this.values = values;
  }

  /** These parameters and one more; a value that was there before is replaced. */
  public <T> Parameters with(Parameter<T> parameter, T value) {
    if (values.isEmpty()) {
      return new Parameters(Map.of(parameter, value));
    }
    Map<Parameter<?>, Object> more = new LinkedHashMap<>(values);
    more.put(parameter, value);
    return new Parameters(more);
  }

  /** The value of a parameter, or empty if the client did not give it. */
  @SuppressWarnings("unchecked") // with() is the only way in, and it ties the types together
  public <T> Optional<T> get(Parameter<T> parameter) {
    return Optional.ofNullable((T) values.get(parameter));
  }

  /** Whether the client gave the parameter. */
  public boolean has(Parameter<?> parameter) {
    return values.containsKey(parameter);
  }

  /** Whether there is no parameter. */
  public boolean isEmpty() {
    return values.isEmpty();
  }

  /** The parameters that are here. */
  public Set<Parameter<?>> keys() {
    return Collections.unmodifiableSet(values.keySet());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Parameters parameters && values.equals(parameters.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  /** The parameters as they stand behind a path, such as {@code SIZE=100 BODY=8BITMIME}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (Parameter<?> parameter : values.keySet()) {
      text.append(text.isEmpty() ? "" : " ").append(print(parameter));
    }
    return text.toString();
  }

  private <T> String print(Parameter<T> parameter) {
    return parameter.print(get(parameter).orElseThrow());
  }
}
