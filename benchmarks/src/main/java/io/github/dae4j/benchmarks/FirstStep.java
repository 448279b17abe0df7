package io.github.dae4j.benchmarks;

import io.github.dae4j.cli.backend.Backends;
import io.github.dae4j.datasets.DrawnDigits;
import io.github.dae4j.datasets.ImageSet;
import io.github.dae4j.stacked.PretrainableNetwork;
import java.lang.management.ManagementFactory;

/** How long after the start of the JVM the first step of training on drawn digits has ended. */
public final class FirstStep {

  private static final int IMAGES = 5_000;
  private static final int BATCH = 20;
  private static final int HIDDEN = 500;
  private static final long SEED = 123;

  private FirstStep() {}

  public static void main(String[] args) {
    printMilliseconds("main");
    Backends.useThreads(Backends.DEFAULT_THREADS);
    printMilliseconds("backend");
    ImageSet images = DrawnDigits.draw(IMAGES, SEED);
    printMilliseconds("digits");
    PretrainableNetwork network = Networks.denoising((int) images.images().size(1), HIDDEN);
    printMilliseconds("network");
    network.pretrainLayer(0, images.first(BATCH).images());
    printMilliseconds("step");
  }

  private static void printMilliseconds(String until) {
    long start = ManagementFactory.getRuntimeMXBean().getStartTime();
    Measured.print("milliseconds." + until, System.currentTimeMillis() - start);
  }
}
