package io.github.dae4j.benchmarks.jmh;

import io.github.dae4j.internal.compute.Product;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** The products of a step on 784-500, into arrays that are there. */
public class Products extends Timed {

  private static final int HIDDEN = 500;

  /** Which of them; back through the decoder is a product like the encoder's. */
  public enum Shape {
    /** x W: [batch, 784] [784, 500]. */
    ENCODE,
    /** y W': [batch, 500] [500, 784]. */
    DECODE,
    /** x' da: [784, batch] [batch, 500]. */
    WEIGHT_GRADIENT
  }

  @Param private Shape shape;

  @Param({"1", "20", "128", "256", "1024"})
  private int batch;

  private INDArray a;
  private INDArray b;
  private INDArray product;

  /** Makes the factors, rows of examples in 'c' order and weights in 'f' order as a layer has. */
  @Setup
  public void prepare() {
    INDArray x = Digits.images(batch);
    INDArray code = Nd4j.rand(DataType.FLOAT, batch, HIDDEN);
    INDArray w = Nd4j.rand(DataType.FLOAT, Digits.PIXELS, HIDDEN).dup('f');
    a = shape == Shape.ENCODE ? x : shape == Shape.DECODE ? code : x.transpose();
    b = shape == Shape.ENCODE ? w : shape == Shape.DECODE ? w.transpose() : code;
    product = Nd4j.createUninitialized(DataType.FLOAT, new long[] {a.size(0), b.size(1)}, 'f');
  }

  /** As training has them, on oneDNN or, with its property, on OpenBLAS. */
  @Benchmark
  public INDArray ours() {
    Product.of(a, b, product);
    return product;
  }

  /** By way of ND4J's BLAS. */
  @Benchmark
  public INDArray mmuli() {
    return a.mmuli(b, product);
  }

  /** By way of ND4J's custom op. */
  @Benchmark
  public INDArray gemm() {
    return Nd4j.gemm(a, b, product, false, false, 1, 0);
  }
}
