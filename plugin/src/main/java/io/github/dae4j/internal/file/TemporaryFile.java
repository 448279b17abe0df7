package io.github.dae4j.internal.file;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A file that is deleted unless it is moved: {@code .dae4j-PROCESS-NUMBER.tmp}, locked as long as
 * it is written, so that what a killed process has left can be told from what is in work.
 *
 * <p>The bytes go by a RandomAccessFile: an interrupt of the thread would close a channel, and what
 * is to be kept would be lost.
 */
final class TemporaryFile implements AutoCloseable {

  private static final String PREFIX = ".dae4j-";
  private static final String SUFFIX = ".tmp";

  /** Unlike the process's number, it is not given again, and not the same in two containers. */
  private static final String PROCESS = PREFIX + randomHex() + "-";

  private static final AtomicLong COUNT = new AtomicLong();

  private final Path path;
  private final RandomAccessFile file;

  private TemporaryFile(Path path, RandomAccessFile file) {
    this.path = path;
    this.file = file;
  }

  /** A new, empty file in {@code folder}, from which leftovers are cleared. */
  static TemporaryFile in(Path folder) throws IOException {
    clearLeftovers(folder);
    while (true) {
      TemporaryFile file = created(folder);
      if (file.lock()) {
        return file;
      }
      file.close(); // another process has cleared it before it was locked
    }
  }

  private static TemporaryFile created(Path folder) throws IOException {
    Path path = folder.resolve(PROCESS + COUNT.incrementAndGet() + SUFFIX);
    try {
      return new TemporaryFile(Files.createFile(path), new RandomAccessFile(path.toFile(), "rw"));
    } catch (IOException e) {
      throw new IOException("its folder cannot be written: " + FileErrors.reason(e), e);
    }
  }

  /** Where there are no locks, files are never taken for leftovers. */
  private boolean lock() {
    try {
      return file.getChannel().tryLock() != null && Files.exists(path);
    } catch (IOException | UnsupportedOperationException e) {
      return true;
    }
  }

  OutputStream stream() throws IOException {
    return new FileOutputStream(file.getFD());
  }

  /**
   * Makes owner, group and permissions those of {@code other}.
   *
   * @return whether this process may do so
   */
  boolean takeOwnerAndPermissions(Path other) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
    if (view == null) {
      return true;
    }
    PosixFileAttributes own = view.readAttributes();
    PosixFileAttributes wanted = Files.readAttributes(other, PosixFileAttributes.class);
    try {
      if (!own.owner().equals(wanted.owner())) {
        view.setOwner(wanted.owner());
      }
      if (!own.group().equals(wanted.group())) {
        view.setGroup(wanted.group());
      }
    } catch (IOException e) {
      return false;
    }
    view.setPermissions(wanted.permissions());
    return true;
  }

  void force() throws IOException {
    file.getFD().sync();
  }

  void moveTo(Path file) throws IOException {
    Files.move(path, file, StandardCopyOption.ATOMIC_MOVE);
  }

  void copyTo(OutputStream out) throws IOException {
    file.seek(0);
    byte[] bytes = new byte[1 << 16];
    for (int count = file.read(bytes); count >= 0; count = file.read(bytes)) {
      out.write(bytes, 0, count);
    }
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(path);
      file.close();
    } catch (IOException e) {
      // The next process clears it.
    }
  }

  static void clearLeftovers(Path folder) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, TemporaryFile::isOthers)) {
      files.forEach(TemporaryFile::deleteIfLeft);
    } catch (IOException | DirectoryIteratorException e) {
      // A folder that cannot be listed is told of by what cannot be written.
    }
  }

  /** Those of this process are in work; to open and close one would give its lock back. */
  private static boolean isOthers(Path file) {
    String name = file.getFileName().toString();
    return name.startsWith(PREFIX)
        && name.endsWith(SUFFIX)
        && !name.startsWith(PROCESS)
        && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
  }

  private static void deleteIfLeft(Path file) {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
      if (channel.tryLock() != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | OverlappingFileLockException | UnsupportedOperationException e) {
      // Another's, or in work.
    }
  }

  private static String randomHex() {
    byte[] bytes = new byte[6];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
