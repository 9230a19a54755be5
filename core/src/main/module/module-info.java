/** A library to build SMTP servers. */
module io.simplesmtp {
  requires static transitive org.jspecify;

  exports io.simplesmtp;
  exports io.simplesmtp.auth;
  exports io.simplesmtp.server;
}
