package io.github.dae4j.benchmarks.jmh;

import io.github.dae4j.benchmarks.Networks;
import io.github.dae4j.layer.DenoisingAutoEncoderLayer;
import java.util.concurrent.TimeUnit;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Setup;

/** Use of a trained layer 784-500 on 10,000 rows at once. */
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class Encoding extends Timed {

  private static final int ROWS = 10_000;

  private DenoisingAutoEncoderLayer layer;
  private INDArray images;

  /** Makes layer and rows. */
  @Setup
  public void prepare() {
    layer = (DenoisingAutoEncoderLayer) Networks.denoising(Digits.PIXELS, 500).getLayer(0);
    images = Digits.images(ROWS);
  }

  @Benchmark
  public INDArray encode() {
    return layer.encode(images);
  }

  @Benchmark
  public INDArray reconstructionError() {
    return layer.reconstructionError(images);
  }
}
