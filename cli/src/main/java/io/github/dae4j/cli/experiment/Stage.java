package io.github.dae4j.cli.experiment;

/** A stretch of epochs: how many at most, and how many minibatches each has. */
public record Stage(String name, int epochs, int minibatches) {

  /** The minibatches of all epochs. */
  public long steps() {
    return (long) epochs * minibatches;
  }

  /** So many epochs of images. */
  public static Stage of(String name, int epochs, int images, int batch) {
    return new Stage(name, epochs, (images + batch - 1) / batch);
  }
}
