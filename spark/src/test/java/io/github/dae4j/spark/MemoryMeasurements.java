package io.github.dae4j.spark;

import static org.apache.spark.sql.functions.col;

import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.nd4j.linalg.api.buffer.DataType;

/** What memory training and scoring take, of processes whose memory is smaller than the rows. */
final class MemoryMeasurements {

  private static final int WIDTH = 784;
  private static final int UNITS = 64;
  private static final long MIB = 1L << 20;

  private MemoryMeasurements() {}

  /** An epoch on a table of so many gigabytes, which is written first, and deleted in the end. */
  static void large(SparkSession spark, double gigabytes) {
    long rows = (long) (gigabytes * (1 << 30) / (Float.BYTES * WIDTH));
    Path folder = temporary();
    try (Memory memory = new Memory()) {
      String table = folder.resolve("table").toUri().toString();
      rows(spark, rows).write().parquet(table);
      System.out.printf(
          Locale.ROOT, "%d rows, Parquet of %d MiB; %s%n", rows, size(folder) / MIB, memory);
      long before = System.nanoTime();
      StackedDenoisingAutoEncoderModel model =
          new StackedDenoisingAutoEncoderEstimator()
              .setLayers(UNITS)
              .setLearningRate(0.01)
              .setEpochs(1)
              .setPartitions(2)
              .fit(spark.read().parquet(table));
      System.out.printf(
          Locale.ROOT,
          "trained in %.0f s, %d weights; %s%n",
          (System.nanoTime() - before) / 1e9,
          model.stack().network().numParams(),
          memory);
    } finally {
      delete(folder);
    }
  }

  /** Scores so many rows, which are made as they are needed: error and code. */
  static void memory(SparkSession spark, long rows) {
    StackedDenoisingAutoEncoder stack =
        StackedDenoisingAutoEncoder.builder(WIDTH, UNITS).dataType(DataType.FLOAT).seed(1).build();
    try (Memory memory = new Memory()) {
      long before = System.nanoTime();
      StackedDenoisingAutoEncoderModel.of(stack)
          .setErrorCol("error")
          .transform(rows(spark, rows))
          .write()
          .format("noop")
          .mode("overwrite")
          .save();
      System.out.printf(
          Locale.ROOT, "%d rows in %.0f s%n", rows, (System.nanoTime() - before) / 1e9);
      memory.course().forEach(System.out::println);
    }
  }

  /** Rows of floats in [0, 1) that no compression makes smaller. */
  private static Dataset<Row> rows(SparkSession spark, long rows) {
    StructType schema =
        new StructType().add("features", DataTypes.createArrayType(DataTypes.FloatType, false));
    return spark
        .range(rows)
        .select(col("id"))
        .map(
            (MapFunction<Row, Row>) row -> RowFactory.create((Object) features(row.getLong(0))),
            Encoders.row(schema));
  }

  private static Float[] features(long row) {
    Float[] features = new Float[WIDTH];
    long state = row;
    for (int i = 0; i < WIDTH; i++) {
      state = Seeds.mixed(state);
      features[i] = (state >>> 40) * 0x1p-24f;
    }
    return features;
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("dae4j-large-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long size(Path folder) {
    try (var files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) {
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.delete(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException failure)
                throws IOException {
              Files.delete(visited);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The resident memory of the executors and of this JVM, of each twice a second (Linux). */
  private static final class Memory implements AutoCloseable {

    private static final int TENTHS = 10;

    private final Map<Long, List<Long>> sampled = new TreeMap<>();
    private final Thread thread = new Thread(this::watch, "memory");

    Memory() {
      thread.setDaemon(true);
      thread.start();
    }

    private void watch() {
      try {
        while (true) {
          sample(ProcessHandle.current());
          Clusters.executors().forEach(this::sample);
          Thread.sleep(500);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt(); // it is over
      }
    }

    private void sample(ProcessHandle process) {
      try {
        long pages =
            Long.parseLong(
                Files.readString(Path.of("/proc", "" + process.pid(), "statm")).split(" ")[1]);
        synchronized (sampled) {
          sampled.computeIfAbsent(process.pid(), pid -> new ArrayList<>()).add(pages * 4096);
        }
      } catch (IOException | NumberFormatException e) {
        // the process has ended
      }
    }

    /** The most that each process has taken so far. */
    @Override
    public String toString() {
      synchronized (sampled) {
        return sampled.entrySet().stream()
            .map(
                process ->
                    "%s at most %d MiB"
                        .formatted(
                            name(process.getKey()),
                            process.getValue().stream().mapToLong(m -> m).max().orElse(0) / MIB))
            .collect(Collectors.joining(", "));
      }
    }

    /** Of each process the least and the most memory in each tenth of the time. */
    List<String> course() {
      synchronized (sampled) {
        return sampled.entrySet().stream()
            .map(process -> name(process.getKey()) + ": " + course(process.getValue()))
            .toList();
      }
    }

    private static String course(List<Long> samples) {
      List<String> tenths = new ArrayList<>();
      for (int i = 0; i < TENTHS; i++) {
        int from = samples.size() * i / TENTHS;
        int to = Math.max(from + 1, samples.size() * (i + 1) / TENTHS);
        List<Long> some = samples.subList(from, Math.min(to, samples.size()));
        tenths.add(
            "%d-%d"
                .formatted(
                    some.stream().mapToLong(m -> m).min().orElse(0) / MIB,
                    some.stream().mapToLong(m -> m).max().orElse(0) / MIB));
      }
      return String.join(", ", tenths) + " MiB";
    }

    private static String name(long pid) {
      return pid == ProcessHandle.current().pid() ? "driver" : "executor " + pid;
    }

    @Override
    public void close() {
      thread.interrupt();
    }
  }
}
