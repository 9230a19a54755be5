package io.simplesmtp.server.policy;

import io.simplesmtp.DataReply;
import io.simplesmtp.Envelope;
import io.simplesmtp.Reply;
import io.simplesmtp.SmtpRejectException;
import io.simplesmtp.server.HeaderCheck;
import io.simplesmtp.server.HeaderField;
import io.simplesmtp.server.HeaderStream;
import io.simplesmtp.server.Session;
import io.simplesmtp.server.SmtpPolicy;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Looks at the header of each message while it passes: one that runs in circles is 554 5.4.6 (RFC
 * 5321 section 6.3), one whose fields are too few or too many 554 5.6.0 (RFC 5322 section 3.6).
 *
 * <pre>{@code
 * SmtpPolicy mx = HeaderRules.NO_LOOPS;
 * SmtpPolicy submission = HeaderRules.SUBMISSION;
 * SmtpPolicy own = new HeaderRules(30, List.of("From"), List.of("Subject"));
 * }</pre>
 *
 * <p>The refusal comes out of the handler's reading, as an {@link SmtpRejectException}; a handler
 * that did not read so far is refused all the same. Immutable and safe for use by any thread.
 *
 * @param mostReceived the most Received fields; RFC 5321 asks for a hundred at least
 * @param required names of fields of which there is exactly one
 * @param single names of fields of which there is at most one
 */
public record HeaderRules(int mostReceived, List<String> required, List<String> single)
    implements SmtpPolicy {

  private static final int MOST_RECEIVED = 100;
  private static final Reply LOOP = Reply.of(554, "5.4.6", "Too many hops, mail loop suspected");

  /** Only loops are refused: other faults of a header are its reader's business. */
  public static final HeaderRules NO_LOOPS = new HeaderRules(MOST_RECEIVED, List.of(), List.of());

  /** What RFC 5322 section 3.6 asks of a new message. */
  public static final HeaderRules SUBMISSION =
      new HeaderRules(
          MOST_RECEIVED,
          List.of("From", "Date"),
          List.of(
              "Sender",
              "Reply-To",
              "To",
              "Cc",
              "Bcc",
              "Message-ID",
              "In-Reply-To",
              "References",
              "Subject"));

  /** Takes copies. */
  public HeaderRules {
    required = List.copyOf(required);
    single = List.copyOf(single);
  }

  @Override
  public DataReply data(Session session, Envelope envelope, InputStream content, Next next)
      throws Exception {
    HeaderStream checked = new HeaderStream(content, new Count());
    DataReply reply = next.data(envelope, checked);
    checked.skipHeader();
    return reply;
  }

  /** Counts the fields of one message. */
  private final class Count implements HeaderCheck {

    private final Map<String, Integer> counts = new HashMap<>();

    @Override
    public boolean keeps(HeaderField field) {
      if (field.isNamed("Received") && count(field) > mostReceived) {
        throw new SmtpRejectException(LOOP);
      }
      for (List<String> names : List.of(required, single)) {
        if (names.stream().anyMatch(field::isNamed) && count(field) > 1) {
          throw refusal("Message with more than one of its field", names, field.key());
        }
      }
      return true;
    }

    @Override
    public void end() {
      for (String name : required) {
        if (!counts.containsKey(name.toLowerCase(Locale.ROOT))) {
          throw refusal("Message without its field", required, name);
        }
      }
    }

    private int count(HeaderField field) {
      return counts.merge(field.key(), 1, Integer::sum);
    }

    private SmtpRejectException refusal(String fault, List<String> names, String key) {
      String name = names.stream().filter(key::equalsIgnoreCase).findFirst().orElseThrow();
      return new SmtpRejectException(Reply.of(554, "5.6.0", fault + " " + name));
    }
  }
}
