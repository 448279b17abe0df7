package io.github.dae4j.spark;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.launcher.JavaModuleOptions;
import org.apache.spark.sql.SparkSession;

/** Clusters of processes on this machine, from the class path of the tests alone. */
final class Clusters {

  private Clusters() {}

  /** Spark 3.5 needs what Java 24 has taken away; 4.2 does not (profile spark-4). */
  static boolean runOnThisJava() {
    return Runtime.version().feature() < 24
        || !org.apache.spark.package$.MODULE$.SPARK_VERSION().startsWith("3.");
  }

  /** A driver in this JVM; of a master that is no "local[n]", executors are processes. */
  static JavaSparkContext driver(String master) {
    return new JavaSparkContext(conf(master));
  }

  /** Two threads of this JVM, for Spark's Datasets. */
  static SparkSession session() {
    return SparkSession.builder().config(conf("local[2]")).getOrCreate();
  }

  static SparkConf conf(String master) {
    SparkConf conf =
        new SparkConf()
            .setMaster(master)
            .setAppName("test")
            .set("spark.ui.enabled", "false")
            .set("spark.executor.cores", "1")
            .set("spark.executor.memory", "512m")
            .set("spark.executor.extraClassPath", classPath())
            .set("spark.executorEnv.OMP_NUM_THREADS", "1")
            .set("spark.sql.shuffle.partitions", "2");
    try {
      String home = System.getenv("SPARK_HOME");
      if (home != null) {
        Files.createDirectories(Path.of(home, "jars"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return conf;
  }

  /** That of Surefire's, whose own jar only names it; for processes in other folders. */
  static String classPath() {
    String all =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return Arrays.stream(all.split(File.pathSeparator))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** The executors that run for this JVM, as processes. */
  static List<ProcessHandle> executors() {
    return ProcessHandle.current()
        .descendants()
        .filter(process -> commandLine(process).contains("CoarseGrainedExecutorBackend"))
        .toList();
  }

  private static String commandLine(ProcessHandle process) {
    try {
      Path file = Path.of("/proc", String.valueOf(process.pid()), "cmdline");
      return Files.exists(file) ? Files.readString(file) : process.info().commandLine().orElse("");
    } catch (IOException e) {
      return ""; // it has ended
    }
  }

  /** A Java process with this class path and Spark's options. */
  static Process java(Path output, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx512m");
    command.addAll(List.of(JavaModuleOptions.defaultModuleOptions().split(" ")));
    command.addAll(List.of("-cp", classPath()));
    command.addAll(List.of(arguments));
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
