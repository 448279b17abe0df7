package io.github.dae4j.stacked;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dae4j.layer.ColumnBlock;
import io.github.dae4j.layer.DenoisingAutoEncoder;
import io.github.dae4j.layer.MixedColumnsLoss;
import io.github.dae4j.stacked.anomaly.AnomalyDetector;
import io.github.dae4j.stacked.anomaly.DetectorPlan;
import io.github.dae4j.stacked.internal.Minibatches;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.cpu.nativecpu.rng.CpuNativeRandom;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerStandardize;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** One stack for several threads (case T20). */
class SharedStackTest {

  private static final int N_IN = 12;
  private static final int THREADS = 8;
  private static final int CALLS = 12;

  /** What is shared. */
  enum Shared {
    PLAIN(true, true),
    DOUBLE(true, true),
    WITH_OUTPUT(true, true),
    NORMALIZED_WITH_MISSING_CELLS(true, true),
    MIXED_COLUMNS(true, true),
    LAYERS_OF_DL4J(true, false),
    LAYER_NORM(false, false);

    private final boolean known;
    private final boolean hasWayDown;

    Shared(boolean known, boolean hasWayDown) {
      this.known = known;
      this.hasWayDown = hasWayDown;
    }

    INDArray rows(long seed, int n) {
      Nd4j.getRandom().setSeed(seed);
      INDArray x = Nd4j.rand(this == DOUBLE ? DataType.DOUBLE : DataType.FLOAT, n, N_IN);
      if (this == NORMALIZED_WITH_MISSING_CELLS) {
        x.muli(50).putScalar(n - 1, 3, Double.NaN).putScalar(0, 5, Double.NaN);
      }
      return x;
    }

    StackedDenoisingAutoEncoder stack() {
      return switch (this) {
        case PLAIN -> builder().build();
        case DOUBLE -> builder().dataType(DataType.DOUBLE).build();
        case WITH_OUTPUT -> builder().output(output(5)).build();
        case NORMALIZED_WITH_MISSING_CELLS ->
            builder()
                .visible(Activation.IDENTITY, LossFunction.SQUARED_LOSS)
                .missingAllowed(true)
                .normalization(standardize())
                .build();
        case MIXED_COLUMNS ->
            builder()
                .visible(
                    Activation.IDENTITY,
                    new MixedColumnsLoss(
                        ColumnBlock.numeric(4),
                        ColumnBlock.categorical(3),
                        ColumnBlock.binary(2),
                        ColumnBlock.categorical(3)))
                .build();
        case LAYERS_OF_DL4J ->
            of(
                denoising(N_IN, 8),
                new ActivationLayer.Builder().activation(Activation.ELU).build(),
                new BatchNormalization.Builder().nIn(8).nOut(8).build(),
                new DropoutLayer.Builder(0.5).build(),
                new DenseLayer.Builder().nIn(8).nOut(6).activation(Activation.RELU).build(),
                denoising(6, 5),
                output(5));
        case LAYER_NORM ->
            of(
                denoising(N_IN, 8),
                new DenseLayer.Builder().nIn(8).nOut(6).hasLayerNorm(true).build(),
                denoising(6, 5),
                output(5));
      };
    }

    private static StackBuilder builder() {
      return StackedDenoisingAutoEncoder.builder(N_IN, 7, 5).seed(3);
    }

    private static OutputLayer output(int nIn) {
      return new OutputLayer.Builder(LossFunction.MCXENT)
          .nIn(nIn)
          .nOut(3)
          .activation(Activation.SOFTMAX)
          .build();
    }

    private static DenoisingAutoEncoder denoising(int nIn, int nOut) {
      return new DenoisingAutoEncoder.Builder().nIn(nIn).nOut(nOut).build();
    }

    private static StackedDenoisingAutoEncoder of(Layer... layers) {
      NeuralNetConfiguration.ListBuilder list = new NeuralNetConfiguration.Builder().seed(3).list();
      for (Layer layer : layers) {
        list.layer(layer);
      }
      return StackedDenoisingAutoEncoder.of(new PretrainableNetwork(list.build()));
    }

    private static NormalizerStandardize standardize() {
      NormalizerStandardize known = new NormalizerStandardize();
      known.fit(new DataSet(Nd4j.rand(DataType.FLOAT, 30, N_IN).muli(50), Nd4j.zeros(30, 1)));
      return known;
    }
  }

  private static Map<String, Function<INDArray, INDArray>> uses(
      Shared kind, StackedDenoisingAutoEncoder stack) {
    Map<String, Function<INDArray, INDArray>> uses = new LinkedHashMap<>();
    uses.put("encode", stack::encode);
    uses.put("encode of layer 0", x -> stack.encode(x, 0));
    if (kind.hasWayDown) {
      uses.put("reconstruct", stack::reconstruct);
      uses.put("reconstructionError", stack::reconstructionError);
      uses.put("reconstructionErrorPerFeature", stack::reconstructionErrorPerFeature);
      uses.put("impute", stack::impute);
      AnomalyDetector detector =
          AnomalyDetector.fit(stack, kind.rows(1, 40), DetectorPlan.ofQuantile(0.5));
      uses.put("score", x -> Nd4j.createFromArray(detector.score(x)));
      uses.put(
          "topFeatures",
          x ->
              Nd4j.createFromArray(
                  detector.topFeatures(x, 1).stream()
                      .mapToDouble(anomaly -> anomaly.features().get(0).error() + anomaly.row())
                      .toArray()));
    }
    if (kind == Shared.PLAIN) {
      uses.put("sample", x -> stack.sample(x, new CpuNativeRandom(9)));
    }
    if (!kind.hasWayDown || kind == Shared.WITH_OUTPUT) {
      uses.put("predict", stack::predict);
    }
    return uses;
  }

  @ParameterizedTest
  @EnumSource
  void givesTheSameBitsToEightThreadsAsToOne(Shared kind) throws Exception {
    StackedDenoisingAutoEncoder stack = kind.stack();
    assertThat(new ForwardPass(stack.network()).isKnown()).isEqualTo(kind.known);
    Map<String, Function<INDArray, INDArray>> uses = uses(kind, stack);
    List<INDArray> inputs = new ArrayList<>();
    List<Map<String, double[]>> alone = new ArrayList<>();
    for (int thread = 0; thread < THREADS; thread++) {
      INDArray x = kind.rows(100 + thread, 1 + 9 * thread);
      inputs.add(x);
      Map<String, double[]> results = new LinkedHashMap<>();
      uses.forEach((name, use) -> results.put(name, numbers(use.apply(x))));
      alone.add(results);
    }
    inThreads(
        thread -> {
          for (int call = 0; call < CALLS; call++) {
            uses.forEach(
                (name, use) ->
                    assertThat(numbers(use.apply(inputs.get(thread))))
                        .as(name)
                        .isEqualTo(alone.get(thread).get(name)));
          }
        });
  }

  /** What lies between is used again, in many minibatches as in one; results are not. */
  @ParameterizedTest
  @EnumSource
  void aResultStaysAsItIsWhenOthersAreComputed(Shared kind) {
    int many = 2 * Minibatches.ROWS + 1;
    INDArray x = kind.rows(5, many);
    INDArray end = x.get(NDArrayIndex.interval(many - 1, many), NDArrayIndex.all()).dup();
    INDArray others = kind.rows(6, many);
    uses(kind, kind.stack())
        .forEach(
            (name, use) -> {
              INDArray ofMany = use.apply(x);
              INDArray ofOne = use.apply(end);
              double[] before = numbers(ofMany);
              double[] beforeOfOne = numbers(ofOne);
              use.apply(others);
              use.apply(others.get(NDArrayIndex.interval(0, 1), NDArrayIndex.all()).dup());
              assertThat(numbers(ofMany)).as(name).isEqualTo(before);
              assertThat(numbers(ofOne)).as(name).isEqualTo(beforeOfOne);
              if (ofMany.size(0) == many && !name.equals("sample")) {
                double[] last =
                    Arrays.copyOfRange(before, before.length - before.length / many, before.length);
                assertThat(last).as("the last row of " + name).isEqualTo(beforeOfOne);
              }
            });
  }

  /** Nor that of a layer that at use does nothing. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aResultIsNeverTheArrayOfTheUser(boolean known) {
    StackedDenoisingAutoEncoder stack =
        Shared.of(
            new DropoutLayer.Builder(0.5).nIn(N_IN).nOut(N_IN).build(),
            new DenseLayer.Builder().nIn(N_IN).nOut(8).hasLayerNorm(!known).build(),
            Shared.denoising(8, 5));
    assertThat(new ForwardPass(stack.network()).isKnown()).isEqualTo(known);
    for (int rows : new int[] {3, 2 * Minibatches.ROWS}) {
      INDArray x = Shared.PLAIN.rows(1, rows);
      double[] before = numbers(x);
      for (int layer = 0; layer < stack.network().getnLayers(); layer++) {
        stack.encode(x, layer).assign(7);
        assertThat(numbers(x)).as("encode up to layer %d", layer).isEqualTo(before);
      }
      for (Shared kind : Shared.values()) {
        INDArray own = kind.rows(2, rows);
        double[] ownBefore = numbers(own);
        uses(kind, kind.stack())
            .forEach(
                (name, use) -> {
                  INDArray result = use.apply(own);
                  if (!result.isEmpty()) {
                    result.assign(7);
                  }
                  assertThat(numbers(own)).as("%s of %s", name, kind).isEqualTo(ownBefore);
                });
      }
    }
  }

  /** A new array of ND4J takes a lock, and memory that the system zeroes: threads would wait. */
  @Test
  void aScoreMakesNoArrays() {
    StackedDenoisingAutoEncoder stack = Shared.PLAIN.stack();
    AnomalyDetector detector =
        AnomalyDetector.fit(stack, Shared.PLAIN.rows(1, 40), DetectorPlan.ofQuantile(0.5));
    for (int n : new int[] {1, 2 * Minibatches.ROWS}) {
      INDArray x = Shared.PLAIN.rows(2, n);
      detector.score(x);
      long before = buffers();
      for (int call = 0; call < 10; call++) {
        detector.score(x);
      }
      assertThat(buffers() - before).as("%d rows", n).isZero();
    }
    long before = buffers();
    Nd4j.create(DataType.FLOAT, 3);
    assertThat(buffers() - before).as("what is counted").isPositive();
  }

  /** How many buffers ND4J has made, but for this call. */
  private static long buffers() {
    return Nd4j.getDeallocatorService().nextValue() - asked.getAndIncrement();
  }

  private static final AtomicLong asked = new AtomicLong();

  @ParameterizedTest
  @EnumSource
  void theWayThroughTheLayersGivesTheBitsOfDl4j(Shared kind) {
    if (!kind.known) {
      return;
    }
    PretrainableNetwork network = kind.stack().network();
    ForwardPass forward = new ForwardPass(network);
    for (int rows : new int[] {1, 2, 33, 300}) {
      INDArray x = kind.rows(rows, rows);
      INDArray before = x.dup();
      for (int layer = 0; layer < network.getnLayers(); layer++) {
        assertThat(numbers(forward.to(layer, x)))
            .as("layer %d, %d rows", layer, rows)
            .isEqualTo(numbers(network.outputOf(layer, x)));
      }
      assertThat(numbers(x)).isEqualTo(numbers(before));
    }
  }

  @Test
  void whoAsksWhileAnotherThreadTrainsIsRefusedAndTheTrainerIsNot() throws Exception {
    StackedDenoisingAutoEncoder stack = Shared.PLAIN.stack();
    INDArray x = Shared.PLAIN.rows(1, 40);
    CountDownLatch training = new CountDownLatch(1);
    CountDownLatch asked = new CountDownLatch(1);
    List<INDArray> seenByTrainer = new ArrayList<>();
    stack
        .network()
        .setListeners(
            new BaseTrainingListener() {
              @Override
              public void iterationDone(Model model, int iteration, int epoch) {
                if (seenByTrainer.isEmpty()) {
                  seenByTrainer.add(stack.encode(x));
                  training.countDown();
                  await(asked);
                }
              }
            });
    ExecutorService other = Executors.newSingleThreadExecutor();
    try {
      Future<?> trained = other.submit(() -> stack.pretrain(x, 1));
      await(training);
      assertThatThrownBy(() -> stack.encode(x))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "StackedDenoisingAutoEncoder is being trained by another thread: use it afterwards,"
                  + " or train a copy (PretrainableNetwork.clone) meanwhile");
      assertThatThrownBy(() -> stack.pretrain(x, 1))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("one at a time");
      asked.countDown();
      trained.get(1, TimeUnit.MINUTES);
    } finally {
      asked.countDown();
      other.shutdown();
    }
    assertThat(seenByTrainer).hasSize(1);
    assertThat(stack.encode(x).rows()).isEqualTo(40);
  }

  /** What reads all parameters: amid a step some are from before it and some from after. */
  enum Whole {
    COPY,
    SAVE,
    SAVE_DETECTOR,
    EXPORT_ONNX,
    TO_DENSE_NETWORK;

    void of(AnomalyDetector detector, Path folder) throws IOException {
      StackedDenoisingAutoEncoder stack = detector.stack().orElseThrow();
      switch (this) {
        case COPY -> stack.copy();
        case SAVE -> stack.save(folder.resolve("model.zip"), true);
        case SAVE_DETECTOR -> detector.save(folder.resolve("detector.zip"));
        case EXPORT_ONNX -> stack.exportOnnx(folder.resolve("model.onnx"));
        case TO_DENSE_NETWORK -> stack.toDenseNetwork();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void whoTakesTheWholeWhileAnotherThreadTrainsIsRefusedAndTheTrainerIsNot(
      Whole whole, @TempDir Path folder) throws Exception {
    StackedDenoisingAutoEncoder stack = Shared.PLAIN.stack();
    INDArray x = Shared.PLAIN.rows(1, 40);
    AnomalyDetector detector = AnomalyDetector.fit(stack, x, DetectorPlan.ofQuantile(0.5));
    CountDownLatch training = new CountDownLatch(1);
    CountDownLatch asked = new CountDownLatch(1);
    stack
        .network()
        .setListeners(
            new BaseTrainingListener() {
              @Override
              public void iterationDone(Model model, int iteration, int epoch) {
                training.countDown();
                await(asked);
                assertThatCode(() -> whole.of(detector, folder)).doesNotThrowAnyException();
              }
            });
    ExecutorService other = Executors.newSingleThreadExecutor();
    try {
      Future<?> trained = other.submit(() -> stack.pretrain(x, 1));
      await(training);
      assertThatThrownBy(() -> whole.of(detector, folder))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("is being trained by another thread");
      assertThat(folder).isEmptyDirectory();
      asked.countDown();
      trained.get(1, TimeUnit.MINUTES);
    } finally {
      asked.countDown();
      other.shutdown();
    }
    stack.network().setListeners();
    whole.of(detector, folder);
  }

  /** By the network's own methods, which know nothing of stacks. */
  @ParameterizedTest
  @ValueSource(strings = {"fit", "fit with an iterator", "pretrain"})
  void whoAsksWhileTheNetworkItselfTrainsIsRefused(String how) throws Exception {
    StackedDenoisingAutoEncoder stack = SmallStacks.two().build();
    PretrainableNetwork network = stack.network();
    DataSet data = SmallStacks.labelled(8);
    CountDownLatch training = new CountDownLatch(1);
    CountDownLatch asked = new CountDownLatch(1);
    network.setListeners(
        new BaseTrainingListener() {
          @Override
          public void iterationDone(Model model, int iteration, int epoch) {
            training.countDown();
            await(asked);
          }
        });
    DataSetIterator minibatches = new ListDataSetIterator<>(data.asList(), 4);
    ExecutorService other = Executors.newSingleThreadExecutor();
    try {
      Future<?> trained =
          other.submit(
              () -> {
                switch (how) {
                  case "fit" -> network.fit(data);
                  case "pretrain" -> network.pretrain(minibatches);
                  default -> network.fit(minibatches);
                }
              });
      await(training);
      assertThatThrownBy(() -> stack.encode(data.getFeatures()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("is being trained by another thread");
      assertThatThrownBy(() -> network.fit(data)).hasMessageContaining("one at a time");
      asked.countDown();
      trained.get(1, TimeUnit.MINUTES);
    } finally {
      asked.countDown();
      other.shutdown();
    }
    assertThat(stack.encode(data.getFeatures()).rows()).isEqualTo(8);
  }

  @Test
  void trainingWhileOthersScoreIsRightOrRefused() throws Exception {
    StackedDenoisingAutoEncoder stack = Shared.PLAIN.stack();
    INDArray x = Shared.PLAIN.rows(1, 60);
    double[] before = numbers(stack.encode(x));
    StackedDenoisingAutoEncoder same = StackedDenoisingAutoEncoder.of(stack.network().clone());
    same.pretrain(x, 2);
    double[] after = numbers(same.encode(x));
    inThreads(
        thread -> {
          if (thread == 0) {
            stack.pretrain(x, 2);
          }
          for (int call = 0; call < CALLS; call++) {
            try {
              assertThat(numbers(stack.encode(x))).isIn(before, after);
            } catch (IllegalStateException e) {
              assertThat(e).hasMessageContaining("is being trained by another thread");
            }
          }
        });
    assertThat(numbers(stack.encode(x))).isEqualTo(after);
  }

  private static double[] numbers(INDArray array) {
    return array.isEmpty()
        ? new double[0]
        : array.dup('c').castTo(DataType.DOUBLE).data().asDouble();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Something to do for a thread. */
  private interface Task {
    void run(int thread) throws InterruptedException;
  }

  private static void inThreads(Task task) throws InterruptedException, ExecutionException {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Callable<Void>> tasks = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        int thread = i;
        tasks.add(
            () -> {
              task.run(thread);
              return null;
            });
      }
      for (Future<Void> done : threads.invokeAll(tasks)) {
        done.get();
      }
    } finally {
      threads.shutdown();
    }
  }
}
