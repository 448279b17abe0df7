package io.github.dae4j.datasets;

import io.github.dae4j.internal.file.FileErrors;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A folder of PNG, JPEG, GIF and BMP files as one set of images of one shape; its sub-folders, if
 * there are any, are the classes.
 *
 * <p>Files are read in the order of their names, hidden files and folders and files of other kinds
 * are passed over, links are followed. An image is scaled by the mean of the pixels that each new
 * pixel covers, after its longer side was cropped, equally at both ends, to the wanted proportions.
 * Transparent pixels are blended with white.
 */
public final class ImageFolder {

  private static final int MAX_SIDE = 1 << 15; // of a file's image
  private static final long MAX_PIXELS = 1 << 26;

  private final Path folder;
  private Integer height;
  private Integer width;
  private Boolean colour;
  private ProgressListener progress = ProgressListener.NONE;

  private ImageFolder(Path folder) {
    this.folder = named(folder);
  }

  /** The present folder has an empty name, from which the names of its files have no parent. */
  private static Path named(Path folder) {
    return folder.toString().isEmpty() ? Path.of(".") : folder;
  }

  /** Prepares to read a folder; size and colour are those of its first image unless said. */
  public static ImageFolder of(Path folder) {
    return new ImageFolder(folder);
  }

  /** Scales all images to this size. */
  public ImageFolder size(int height, int width) {
    ImageShape.grey(height, width);
    this.height = height;
    this.width = width;
    return this;
  }

  /** Makes all images grey, or all of them coloured. */
  public ImageFolder colour(boolean colour) {
    this.colour = colour;
    return this;
  }

  /** Tells how many images have been read. */
  public ImageFolder progress(ProgressListener progress) {
    this.progress = progress;
    return this;
  }

  /**
   * The sub-folders that images lie in, which are classes; none if images lie in the folder itself.
   *
   * @throws DataException if it holds no images, naming what it holds, or both kinds, or images
   *     that lie deeper
   */
  public static List<String> classes(Path folder) {
    ImageFolder images = of(folder);
    return images.classes(ImageFiles.in(images.folder));
  }

  /**
   * Reads all images: labels follow the names of the sub-folders, sorted.
   *
   * @throws DataException naming the file that is not an image or has another size than the first,
   *     or the folder if it is missing or empty, or holds images beside classes of images, or
   *     deeper
   */
  public ImageSet read() {
    List<Path> files = ImageFiles.in(folder);
    List<String> classes = classes(files);
    ImageShape shape = shape(files.get(0));
    INDArray images = Nd4j.createUninitialized(DataType.FLOAT, files.size(), shape.values());
    int[] labels = new int[classes.isEmpty() ? 0 : files.size()];
    for (int i = 0; i < files.size(); i++) {
      images.putRow(i, Nd4j.createFromArray(values(files.get(i), shape)));
      if (!classes.isEmpty()) {
        labels[i] = classes.indexOf(className(files.get(i)));
      }
      progress.update("Reading images", i + 1, files.size());
    }
    return new ImageSet(images, shape, labels, classes);
  }

  /** The images of a folder and its sub-folders in their order, or the one that is named. */
  public static List<Path> files(Path folderOrImage) {
    return ImageFiles.isImage(folderOrImage)
        ? List.of(folderOrImage)
        : ImageFiles.in(named(folderOrImage));
  }

  /** The pixels of images, each scaled to a shape: [files, shape.values()] in [0, 1]. */
  public static INDArray read(List<Path> files, ImageShape shape) {
    INDArray images = Nd4j.createUninitialized(DataType.FLOAT, files.size(), shape.values());
    for (int i = 0; i < files.size(); i++) {
      images.putRow(i, Nd4j.createFromArray(Pixels.scaled(open(files.get(i)), shape)));
    }
    return images;
  }

  /** A picture in grey, shrunk by the least whole number that makes no side longer than this. */
  static ImageSet grey(Path file, int longestSide) {
    BufferedImage image = open(file);
    int longest = Math.max(image.getHeight(), image.getWidth());
    int factor = (longest + longestSide - 1) / longestSide;
    ImageShape shape =
        ImageShape.grey(
            Math.max(1, image.getHeight() / factor), Math.max(1, image.getWidth() / factor));
    float[] values = Pixels.scaled(image, shape);
    return new ImageSet(
        Nd4j.createFromArray(values).reshape(1, values.length), shape, new int[0], List.of());
  }

  private ImageShape shape(Path file) {
    BufferedImage first = open(file);
    try {
      return new ImageShape(
          height == null ? first.getHeight() : height,
          width == null ? first.getWidth() : width,
          (colour == null ? !Pixels.areGrey(first) : colour) ? 3 : 1);
    } catch (IllegalArgumentException e) {
      throw new DataException(
          "%s: %s (set size, such as 32x32, to scale all images)".formatted(file, e.getMessage()),
          e);
    }
  }

  /** The pixels of one file in a shape, [shape.values()] in [0, 1]. */
  private float[] values(Path file, ImageShape shape) {
    BufferedImage image = open(file);
    if (height == null
        && (image.getHeight() != shape.height() || image.getWidth() != shape.width())) {
      throw new DataException(
          "%s: must be %d x %d pixels (height x width) as the first image is, got %d x %d (set size, such as 32x32, to scale all images)"
              .formatted(file, shape.height(), shape.width(), image.getHeight(), image.getWidth()));
    }
    return Pixels.scaled(image, shape);
  }

  private static BufferedImage open(Path file) {
    try (InputStream in = Files.newInputStream(file);
        ImageInputStream bytes = new MemoryCacheImageInputStream(in)) {
      var readers = ImageIO.getImageReaders(bytes);
      if (!readers.hasNext()) {
        throw new DataException(file + ": must be a PNG, JPEG, GIF or BMP image, and is none");
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(bytes);
        int width = reader.getWidth(0);
        int height = reader.getHeight(0);
        if (width > MAX_SIDE || height > MAX_SIDE) {
          throw new DataException(
              "%s: must be at most %d pixels high and wide, got %d x %d"
                  .formatted(file, MAX_SIDE, height, width));
        }
        if ((long) width * height > MAX_PIXELS) {
          throw new DataException(
              "%s: must have at most %d pixels, got %d x %d"
                  .formatted(file, MAX_PIXELS, height, width));
        }
        return reader.read(0);
      } finally {
        reader.dispose();
      }
    } catch (DataException e) {
      throw e;
    } catch (FileSystemException e) {
      throw new DataException(
          "%s: cannot be read as an image: %s".formatted(file, FileErrors.reason(e)), e);
    } catch (IOException | RuntimeException e) { // readers throw IndexOutOfBounds and the like
      throw new DataException("%s: cannot be read as an image: it is damaged".formatted(file), e);
    }
  }

  private List<String> classes(List<Path> files) {
    Optional<Path> loose = files.stream().filter(file -> file.getParent().equals(folder)).findAny();
    List<String> classes =
        files.stream()
            .filter(file -> !file.getParent().equals(folder))
            .map(ImageFolder::className)
            .distinct()
            .toList();
    if (loose.isPresent() && !classes.isEmpty()) {
      throw new DataException(
          "%s: must hold images or folders of images, one for each class; got both: %s beside %s"
              .formatted(folder, loose.get().getFileName(), classes));
    }
    return classes;
  }

  private static String className(Path file) {
    return file.getParent().getFileName().toString();
  }
}
