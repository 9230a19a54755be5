package io.simplesmtp.app;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Says for people why a file could not be used. */
final class IoReason {

  private IoReason() {}

  static String of(IOException fault) {
    return switch (fault) {
      case NoSuchFileException missing -> missing.getFile() + ": no such file or folder";
      case AccessDeniedException denied -> denied.getFile() + ": permission denied";
      case FileAlreadyExistsException existing -> existing.getFile() + ": is no folder";
      case FileSystemException other when other.getReason() != null ->
          other.getFile() + ": " + other.getReason();
      case ClosedByInterruptException interrupted -> "interrupted";
      default -> fault.getMessage() == null ? fault.toString() : fault.getMessage();
    };
  }
}
