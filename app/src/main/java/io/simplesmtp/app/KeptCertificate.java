package io.simplesmtp.app;

import io.simplesmtp.Host;
import io.simplesmtp.server.TlsConfig;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The self-signed certificate that the program makes once and keeps, and makes again when it is out
 * of date. Programs that start at once, in this process or others, use the same one.
 */
record KeptCertificate(Path folder) {

  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(20);

  /** Reads the certificate, or makes it for a server of this name. */
  TlsConfig get(Host hostname) {
    try {
      Optional<TlsConfig> kept = kept();
      return kept.isPresent() ? kept.get() : make(hostname);
    } catch (IOException e) {
      throw cannot("kept: " + IoReason.of(e));
    } catch (IllegalArgumentException e) {
      throw cannot("used: " + e.getMessage());
    }
  }

  /** The pair that is there, if it is one and in date. Nothing is written for it. */
  private Optional<TlsConfig> kept() throws IOException {
    try {
      return isCurrent(certificate())
          ? Optional.of(TlsConfig.fromPem(certificate(), key()))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    } catch (IOException e) {
      if (e instanceof NoSuchFileException || e.getCause() instanceof NoSuchFileException) {
        return Optional.empty(); // another process may just be making it
      }
      throw e;
    }
  }

  private TlsConfig make(Host hostname) throws IOException {
    Files.createDirectories(folder);
    try (FileChannel file =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      lock(file);
      if (kept().isEmpty()) { // nobody was faster
        Files.deleteIfExists(certificate());
        Files.deleteIfExists(key());
        TlsConfig.writeSelfSigned(hostname.toString(), certificate(), key());
      }
    }
    return TlsConfig.fromPem(certificate(), key());
  }

  private Path certificate() {
    return folder.resolve("cert.pem");
  }

  private Path key() {
    return folder.resolve("key.pem");
  }

  private static ProgramException cannot(String what) {
    return ProgramException.cannotStart(
        "The self-signed certificate cannot be "
            + what
            + "; give one with --tls-cert and --tls-key, or --no-tls");
  }

  /**
   * Locks a file until it is closed. The system waits for other processes, but not for other
   * threads of this one.
   */
  private static void lock(FileChannel file) throws IOException {
    FileLock lock = null;
    while (lock == null) {
      try {
        lock = file.lock();
      } catch (OverlappingFileLockException e) {
        LockSupport.parkNanos(PAUSE);
      }
    }
  }

  private static boolean isCurrent(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      var certificate =
          (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
      certificate.checkValidity();
      return true;
    } catch (CertificateException e) {
      return false;
    }
  }
}
