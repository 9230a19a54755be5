package io.simplesmtp.app;

import io.simplesmtp.server.CertificateCheck;
import io.simplesmtp.server.Session;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;

/**
 * Names the owner of a client's certificate: the first of the subject's common names and then of
 * the e-mail addresses among its other names that is a user's.
 */
record CertificateOwner(Logins logins) implements CertificateCheck {

  /** The type of an e-mail address (RFC 5280 section 4.2.1.6). */
  private static final int EMAIL = 1;

  @Override
  public Optional<String> verify(Session session, List<X509Certificate> chain) {
    X509Certificate certificate = chain.get(0);
    return Stream.concat(commonNames(certificate), emails(certificate))
        .filter(logins::isUser)
        .findFirst();
  }

  private static Stream<String> commonNames(X509Certificate certificate) {
    try {
      return new LdapName(certificate.getSubjectX500Principal().getName())
          .getRdns().stream()
              .filter(rdn -> rdn.getType().equalsIgnoreCase("CN"))
              .map(rdn -> rdn.getValue())
              .filter(String.class::isInstance)
              .map(String.class::cast);
    } catch (InvalidNameException e) {
      return Stream.empty();
    }
  }

  private static Stream<String> emails(X509Certificate certificate) {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      return Objects.requireNonNullElse(names, List.<List<?>>of()).stream()
          .filter(name -> Objects.equals(name.get(0), EMAIL))
          .map(name -> name.get(1))
          .filter(String.class::isInstance)
          .map(String.class::cast);
    } catch (CertificateParsingException e) {
      return Stream.empty();
    }
  }
}
