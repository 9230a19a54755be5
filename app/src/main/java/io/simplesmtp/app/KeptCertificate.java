package io.simplesmtp.app;

import io.simplesmtp.Host;
import io.simplesmtp.server.TlsConfig;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
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
    Path certificate = folder.resolve("cert.pem");
    Path key = folder.resolve("key.pem");
    try {
      Files.createDirectories(folder);
      try (FileChannel file =
          FileChannel.open(
              folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        lock(file);
        if (!isCurrent(certificate) || !Files.exists(key)) {
          Files.deleteIfExists(certificate);
          Files.deleteIfExists(key);
          TlsConfig.writeSelfSigned(hostname.toString(), certificate, key);
        }
      }
      return TlsConfig.fromPem(certificate, key);
    } catch (IOException e) {
      throw ProgramException.cannotStart(
          "The self-signed certificate cannot be kept: " + IoReason.of(e));
    } catch (IllegalArgumentException e) {
      throw ProgramException.cannotStart(
          "The self-signed certificate cannot be used: " + e.getMessage());
    }
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
    if (!Files.exists(file)) {
      return false;
    }
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
