package io.simplesmtp.internal.session;

import jdk.jfr.Category;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.StackTrace;

/** What all our events of the flight recorder have in common; off by default. */
@Category("SMTP")
@Enabled(false)
@StackTrace(false)
abstract class SmtpEvent extends Event {

  @Label("Session Id")
  String session = "";

  /** Ends the time that it takes. */
  final void commit(String id) {
    session = id;
    commit();
  }
}
