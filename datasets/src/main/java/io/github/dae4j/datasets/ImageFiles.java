package io.github.dae4j.datasets;

import io.github.dae4j.internal.file.FileErrors;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.FileVisitor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The files of a folder that are images by their names. */
final class ImageFiles {

  private static final Set<String> KINDS = Set.of("png", "jpg", "jpeg", "gif", "bmp");
  private static final int DEEPEST = 2; // the folder's own, and those of its sub-folders
  private static final char REPLACEMENT = '\ufffd'; // of bytes that are no character

  private ImageFiles() {}

  /**
   * The images of a folder and its sub-folders, sorted by their names.
   *
   * @throws DataException if there are none, or some lie deeper
   */
  static List<Path> in(Path folder) {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new DataException(
          folder + ": must be a PNG, JPEG, GIF or BMP image, or a folder of images");
    }
    List<Path> files = allFiles(folder);
    List<Path> images = files.stream().filter(ImageFiles::isImage).toList();
    if (images.isEmpty()) {
      throw unusable(
          folder,
          files.isEmpty()
              ? "it holds no file"
              : "it holds %d of other kinds, as %s"
                  .formatted(files.size(), folder.relativize(files.get(0))));
    }
    images.forEach(ImageFiles::requireLegibleName);
    return images;
  }

  private static DataException unusable(Path folder, String found) {
    return new DataException(
        "%s: must hold images (PNG, JPEG, GIF or BMP), or folders of them, one for each class; %s"
            .formatted(folder, found));
  }

  /** Names that the locale cannot express are all read as the same. */
  private static void requireLegibleName(Path file) {
    if (file.toString().indexOf(REPLACEMENT) >= 0) {
      throw new DataException(
          file
              + ": must have a name that this locale can express; LC_ALL=C.UTF-8 allows all names");
    }
  }

  /**
   * All files, sorted by their names, but for those of hidden folders, as notebooks and file
   * managers keep copies and previews in.
   *
   * @throws DataException as soon as there is an image deeper than in a sub-folder
   */
  private static List<Path> allFiles(Path folder) {
    List<Path> files = new ArrayList<>();
    FileVisitor<Path> search =
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path inner, BasicFileAttributes attributes) {
            return !inner.equals(folder) && inner.getFileName().toString().startsWith(".")
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile()) {
              files.add(file);
              requireNotDeeper(folder, file);
            }
            return FileVisitResult.CONTINUE;
          }
        };
    try {
      Files.walkFileTree(folder, Set.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, search);
    } catch (IOException e) {
      throw new DataException(
          "%s: cannot be read as a folder of images: %s".formatted(folder, reason(e)), e);
    }
    files.sort(Comparator.comparing(Path::toString));
    return files;
  }

  private static void requireNotDeeper(Path folder, Path file) {
    Path place = folder.relativize(file);
    if (place.getNameCount() > DEEPEST && isImage(file)) {
      throw unusable(folder, "some lie deeper in it, as " + place);
    }
  }

  private static String reason(IOException e) {
    return e instanceof FileSystemLoopException loop
        ? "the link %s leads back to where it is".formatted(loop.getFile())
        : FileErrors.reason(e);
  }

  static boolean isImage(Path file) {
    String name = String.valueOf(file.getFileName()); // none of a root
    String kind = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return !name.startsWith(".") && KINDS.contains(kind) && Files.isRegularFile(file);
  }
}
