package io.simplesmtp.internal.session;

import io.simplesmtp.server.SmtpHandler;
import java.lang.reflect.Method;
import java.util.Set;

/**
 * Which questions the handlers of a class answer themselves. The others have answers that are known
 * and come at once.
 */
final class OwnAnswers {

  /** Is called when all replies have been sent. */
  private static final Set<String> BEHIND = Set.of("data", "closed");

  private static final ClassValue<Boolean> BETWEEN_MESSAGES =
      new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
          for (Method method : SmtpHandler.class.getMethods()) {
            if (!BEHIND.contains(method.getName()) && isAnsweredBy(type, method)) {
              return true;
            }
          }
          return false;
        }
      };

  private OwnAnswers() {}

  /** Whether a handler has a say between the end of one message and the begin of the next. */
  static boolean betweenMessages(SmtpHandler handler) {
    return BETWEEN_MESSAGES.get(handler.getClass());
  }

  private static boolean isAnsweredBy(Class<?> type, Method asked) {
    try {
      Method answering = type.getMethod(asked.getName(), asked.getParameterTypes());
      return answering.getDeclaringClass() != SmtpHandler.class;
    } catch (NoSuchMethodException e) {
      return true; // whatever that is
    }
  }
}
