/** A library to build SMTP servers. */
module io.simplesmtp {
  requires static jdk.jfr;
  requires static org.jspecify;

  exports io.simplesmtp;
  exports io.simplesmtp.auth;
  exports io.simplesmtp.server;
  exports io.simplesmtp.server.policy;
}
