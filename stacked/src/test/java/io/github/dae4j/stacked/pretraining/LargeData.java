package io.github.dae4j.stacked.pretraining;

import io.github.dae4j.stacked.PretrainableNetwork;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.DataSetPreProcessor;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Pretrains two layers on generated examples that no memory holds, and prints the memory it took: a
 * program, because it wants a heap of its own size. Arguments: working directory, examples.
 */
final class LargeData {

  private static final int WIDTH = 784;
  private static final int MINIBATCH = 500;
  private static final int SAMPLED_EVERY = 50;

  private static long anonymous;

  private LargeData() {}

  public static void main(String[] args) throws IOException {
    Path directory = Path.of(args[0]);
    int examples = Integer.parseInt(args[1]);
    PretrainableNetwork network = Stacks.of(WIDTH, 32, 16);
    network.setListeners(
        new BaseTrainingListener() {
          @Override
          public void onEpochStart(Model model) {
            print("anonymous memory before the epoch", kilobytes("RssAnon") << 10);
          }

          @Override
          public void iterationDone(Model model, int iteration, int epoch) {
            if (iteration % SAMPLED_EVERY == 0) {
              anonymous = Math.max(anonymous, kilobytes("RssAnon"));
            }
          }
        });
    List<LayerResult> results =
        new GreedyPretrainer.Builder()
            .plan(LayerPlan.ofEpochs(1).withLearningRate(0.001))
            .workingDirectory(directory)
            .build()
            .pretrain(network, new Generated(examples));

    results.forEach(System.out::println);
    print("floats", 4L * WIDTH * examples);
    print("largest heap allowed", Runtime.getRuntime().maxMemory());
    print("peak heap", peakHeap());
    print(
        "peak anonymous memory while training (heap, native arrays, code, stacks)",
        anonymous << 10);
    print("peak resident, pages of the mapped file included", kilobytes("VmHWM") << 10);
  }

  private static void print(String what, long bytes) {
    System.out.printf("%s: %,d MB%n", what, bytes >> 20);
  }

  private static long peakHeap() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .map(MemoryPoolMXBean::getPeakUsage)
        .mapToLong(usage -> usage.getUsed())
        .sum();
  }

  /** A line of Linux's account of this process. */
  private static long kilobytes(String key) {
    try {
      return Files.readAllLines(Path.of("/proc/self/status")).stream()
          .filter(line -> line.startsWith(key + ":"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .sum();
    } catch (IOException e) {
      return 0;
    }
  }

  /** Noise in [0, 1), new with every minibatch, in one pass. */
  private static final class Generated implements DataSetIterator {

    private static final long serialVersionUID = 1L;

    private final transient Random random = Nd4j.getRandomFactory().getNewRandomInstance(1);
    private int left;

    Generated(int examples) {
      left = examples;
    }

    @Override
    public boolean hasNext() {
      return left > 0;
    }

    @Override
    public DataSet next() {
      return next(MINIBATCH);
    }

    @Override
    public DataSet next(int most) {
      int rows = Math.min(most, left);
      left -= rows;
      INDArray x = Nd4j.rand(random, rows, WIDTH).castTo(DataType.FLOAT);
      return new DataSet(x, null);
    }

    @Override
    public boolean resetSupported() {
      return false;
    }

    @Override
    public void reset() {
      throw new UnsupportedOperationException();
    }

    @Override
    public int batch() {
      return MINIBATCH;
    }

    @Override
    public int inputColumns() {
      return WIDTH;
    }

    @Override
    public int totalOutcomes() {
      return 0;
    }

    @Override
    public boolean asyncSupported() {
      return false;
    }

    @Override
    public void setPreProcessor(DataSetPreProcessor preProcessor) {
      throw new UnsupportedOperationException();
    }

    @Override
    public DataSetPreProcessor getPreProcessor() {
      return null;
    }

    @Override
    public List<String> getLabels() {
      return List.of();
    }
  }
}
