package io.github.dae4j.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A standalone master with two workers, one of which is killed or slow: the same bits. */
@Tag("slow")
@EnabledIf("io.github.dae4j.spark.Clusters#runOnThisJava")
class StandaloneTest {

  @TempDir Path folder;

  private final List<Process> processes = new ArrayList<>();
  private int port;

  @BeforeEach
  void start() throws Exception {
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    launch(
        "org.apache.spark.deploy.master.Master",
        "--host",
        "127.0.0.1",
        "--port",
        "" + port,
        "--webui-port",
        "0");
    for (int i = 0; i < 200 && !isOpen(); i++) {
      Thread.sleep(100);
    }
    for (int i = 0; i < 2; i++) {
      launch(
          "org.apache.spark.deploy.worker.Worker",
          "--host",
          host(i),
          "--cores",
          "1",
          "--memory",
          "1g",
          "--webui-port",
          "0",
          "--work-dir",
          folder.resolve("work" + i).toString(),
          "spark://127.0.0.1:" + port);
    }
  }

  /** Hosts of their own where Linux has them: Spark copies slow tasks to other hosts alone. */
  private static String host(int worker) {
    return OS.LINUX.isCurrentOs() ? "127.0.0." + (worker + 1) : "127.0.0.1";
  }

  private void launch(String... arguments) {
    processes.add(Clusters.java(folder.resolve("output"), arguments));
  }

  @SuppressWarnings("try")
  private boolean isOpen() {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @AfterEach
  void stop() {
    processes.forEach(Process::destroyForcibly);
  }

  @Test
  void aWorkerIsKilledInRound3() {
    AtomicBoolean killed = new AtomicBoolean();
    try (JavaSparkContext spark = Clusters.driver("spark://127.0.0.1:" + port)) {
      Trial trial = Trial.of(2);
      float[] weights =
          trial.on(
              spark,
              3,
              Long.MAX_VALUE,
              null,
              workers ->
                  new FaultyWorkers(
                      workers,
                      moment -> {
                        if (moment.round() == 2 && killed.compareAndSet(false, true)) {
                          Process worker = processes.get(1);
                          worker.descendants().forEach(ProcessHandle::destroyForcibly);
                          worker.destroyForcibly();
                        }
                      }));
      assertThat(weights).isEqualTo(trial.alone());
      assertThat(killed).isTrue();
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void copiesOfSlowTasksWin() {
    AtomicInteger copies = new AtomicInteger();
    SparkConf conf =
        Clusters.conf("spark://127.0.0.1:" + port)
            .set("spark.speculation", "true")
            .set("spark.speculation.interval", "100ms")
            .set("spark.speculation.quantile", "0.5")
            .set("spark.locality.wait", "100ms");
    try (JavaSparkContext spark = new JavaSparkContext(conf)) {
      spark
          .sc()
          .addSparkListener(
              new SparkListener() {
                @Override
                public void onTaskEnd(SparkListenerTaskEnd end) {
                  if (end.taskInfo().speculative() && end.taskInfo().successful()) {
                    copies.incrementAndGet();
                  }
                }
              });
      Trial trial = Trial.of(2);
      assertThat(trial.on(spark, 3, Long.MAX_VALUE, null, FaultyWorkers::slow))
          .isEqualTo(trial.alone());
      assertThat(copies).as("copies that came first").hasPositiveValue();
    }
  }
}
