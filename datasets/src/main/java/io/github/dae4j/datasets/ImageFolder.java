package io.github.dae4j.datasets;

import io.github.dae4j.internal.file.FileErrors;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
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
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
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

  private static final Set<String> KINDS = Set.of("png", "jpg", "jpeg", "gif", "bmp");
  private static final int IMAGE_DEPTH = 2;
  private static final char REPLACEMENT = '\ufffd'; // of bytes that are no character
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
   * @throws DataException if it holds no images, naming what it holds, or both kinds
   */
  public static List<String> classes(Path folder) {
    ImageFolder images = of(folder);
    return images.classes(required(images.folder));
  }

  private static List<Path> required(Path folder) {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new DataException(
          folder + ": must be a PNG, JPEG, GIF or BMP image, or a folder of images");
    }
    List<Path> files = allFiles(folder);
    List<Path> images = files.stream().filter(ImageFolder::isImage).toList();
    if (images.isEmpty()) {
      throw unusable(
          folder,
          files.isEmpty()
              ? "it holds no file"
              : "it holds %d of other kinds, as %s"
                  .formatted(files.size(), folder.relativize(files.get(0))));
    }
    images.forEach(ImageFolder::requireLegibleName);
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
   * Reads all images: labels follow the names of the sub-folders, sorted.
   *
   * @throws DataException naming the file that is not an image or has another size than the first,
   *     or the folder if it is missing or empty, or holds images beside classes of images
   */
  public ImageSet read() {
    List<Path> files = required(folder);
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
    return isImage(folderOrImage) ? List.of(folderOrImage) : required(named(folderOrImage));
  }

  /** The pixels of images, each scaled to a shape: [files, shape.values()] in [0, 1]. */
  public static INDArray read(List<Path> files, ImageShape shape) {
    INDArray images = Nd4j.createUninitialized(DataType.FLOAT, files.size(), shape.values());
    for (int i = 0; i < files.size(); i++) {
      images.putRow(i, Nd4j.createFromArray(scaled(open(files.get(i)), shape)));
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
    float[] values = scaled(image, shape);
    return new ImageSet(
        Nd4j.createFromArray(values).reshape(1, values.length), shape, new int[0], List.of());
  }

  private ImageShape shape(Path file) {
    BufferedImage first = open(file);
    try {
      return new ImageShape(
          height == null ? first.getHeight() : height,
          width == null ? first.getWidth() : width,
          (colour == null ? !isGrey(first) : colour) ? 3 : 1);
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
          "%s: must be %d x %d pixels as the first image is, got %d x %d (set size, such as 32x32, to scale all images)"
              .formatted(file, shape.width(), shape.height(), image.getWidth(), image.getHeight()));
    }
    return scaled(image, shape);
  }

  private static float[] scaled(BufferedImage image, ImageShape shape) {
    return new Scaling(Pixels.of(image, shape.channels()), shape).values();
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
              "%s: must be at most %d pixels wide and high, got %d x %d"
                  .formatted(file, MAX_SIDE, width, height));
        }
        if ((long) width * height > MAX_PIXELS) {
          throw new DataException(
              "%s: must have at most %d pixels, got %d x %d"
                  .formatted(file, MAX_PIXELS, width, height));
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
    if (place.getNameCount() > IMAGE_DEPTH && isImage(file)) {
      throw unusable(folder, "some lie deeper in it, as " + place);
    }
  }

  private static String reason(IOException e) {
    return e instanceof FileSystemLoopException loop
        ? "the link %s leads back to where it is".formatted(loop.getFile())
        : FileErrors.reason(e);
  }

  private static boolean isImage(Path file) {
    String name = String.valueOf(file.getFileName()); // none of a root
    String kind = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return !name.startsWith(".") && KINDS.contains(kind) && Files.isRegularFile(file);
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

  /** Also of two colours, or of a palette, that are black, white and greys alone. */
  private static boolean isGrey(BufferedImage image) {
    return image.getColorModel() instanceof IndexColorModel palette
        ? IntStream.range(0, palette.getMapSize())
            .map(palette::getRGB)
            .allMatch(ImageFolder::isGrey)
        : image.getColorModel().getNumColorComponents() == 1;
  }

  private static boolean isGrey(int rgb) {
    return (rgb & 0xff) == (rgb >> 8 & 0xff) && (rgb & 0xff) == (rgb >> 16 & 0xff);
  }

  /** The pixels of an image as numbers in [0, 1]. */
  private record Pixels(float[] values, int height, int width, int channels) {

    static Pixels of(BufferedImage image, int channels) {
      boolean grey = image.getColorModel().getNumColorComponents() == 1;
      boolean transparent = image.getColorModel().hasAlpha();
      float[] values = new float[image.getHeight() * image.getWidth() * channels];
      Raster raster = image.getRaster();
      float white = (1 << Math.min(image.getColorModel().getComponentSize(0), 30)) - 1;
      int at = 0;
      for (int row = 0; row < image.getHeight(); row++) {
        for (int column = 0; column < image.getWidth(); column++) {
          // getRGB would take a grey image for linear light, and brighten it.
          float[] rgb =
              grey
                  ? grey(
                      blended(
                          raster.getSample(column, row, 0) / white,
                          transparent ? raster.getSample(column, row, 1) / white : 1))
                  : onWhite(image.getRGB(column, row));
          if (channels == 3) {
            values[at++] = rgb[0];
            values[at++] = rgb[1];
            values[at++] = rgb[2];
          } else {
            values[at++] = grey ? rgb[0] : 0.299f * rgb[0] + 0.587f * rgb[1] + 0.114f * rgb[2];
          }
        }
      }
      return new Pixels(values, image.getHeight(), image.getWidth(), channels);
    }

    private static float[] grey(float value) {
      return new float[] {value, value, value};
    }

    private static float blended(float colour, float opacity) {
      return opacity * colour + (1 - opacity);
    }

    private static float[] onWhite(int argb) {
      float opacity = (argb >>> 24) / 255f;
      float[] rgb = new float[3];
      for (int channel = 0; channel < 3; channel++) {
        float colour = (argb >>> (16 - 8 * channel) & 0xff) / 255f;
        rgb[channel] = blended(colour, opacity);
      }
      return rgb;
    }
  }

  /** The largest centred part of an image with a shape's proportions, scaled to the shape. */
  private record Scaling(Pixels from, ImageShape to) {

    float[] values() {
      if (from.height == to.height() && from.width == to.width()) {
        return from.values;
      }
      double scale = Math.min((double) from.height / to.height(), (double) from.width / to.width());
      double top = (from.height - scale * to.height()) / 2;
      double left = (from.width - scale * to.width()) / 2;
      float[] scaled = new float[to.values()];
      int at = 0;
      for (int row = 0; row < to.height(); row++) {
        for (int column = 0; column < to.width(); column++) {
          for (int channel = 0; channel < to.channels(); channel++) {
            scaled[at++] = (float) mean(top + scale * row, left + scale * column, scale, channel);
          }
        }
      }
      return scaled;
    }

    /**
     * The mean over a square of the old image, whose pixels count by how much of them it covers.
     */
    private double mean(double top, double left, double side, int channel) {
      double sum = 0;
      double area = 0;
      for (int row = (int) top; row < Math.min(from.height, top + side); row++) {
        double high = Math.min(row + 1, top + side) - Math.max(row, top);
        for (int column = (int) left; column < Math.min(from.width, left + side); column++) {
          double wide = Math.min(column + 1, left + side) - Math.max(column, left);
          int at = (row * from.width + column) * from.channels + channel;
          sum += high * wide * from.values[at];
          area += high * wide;
        }
      }
      return sum / area;
    }
  }
}
