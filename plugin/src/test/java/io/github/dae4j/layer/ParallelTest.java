package io.github.dae4j.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.parallelism.ParallelInference;
import org.deeplearning4j.parallelism.ParallelWrapper;
import org.deeplearning4j.parallelism.inference.InferenceMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/** DL4J's two ways to share a network among threads, with the layer in it. */
class ParallelTest {

  private static final int ROWS = 24;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aWrapperTrainsNetworkAndGraph(boolean asGraph) {
    Model model =
        asGraph
            ? Small.graph(Small.settings(), Small.layer().build())
            : Small.network(Small.layer());
    String decoder = asGraph ? "dae_vb" : "0_vb";
    double[] before = Small.params(model).get(decoder);
    double loss = loss(model);
    ParallelWrapper wrapper =
        new ParallelWrapper.Builder<>(model)
            .workers(2)
            .prefetchBuffer(2)
            .averagingFrequency(1)
            .build();
    try {
      for (int epoch = 0; epoch < 10; epoch++) {
        wrapper.fit(Small.batches(ROWS, 6));
      }
    } finally {
      wrapper.shutdown();
    }
    assertThat(loss(model)).isLessThan(0.9 * loss);
    assertThat(Small.params(model).get(decoder)).containsExactly(before);
  }

  private static double loss(Model model) {
    DataSet data = Small.data(ROWS);
    return model instanceof ComputationGraph graph
        ? graph.score(data)
        : ((MultiLayerNetwork) model).score(data);
  }

  @ParameterizedTest
  @EnumSource(
      value = InferenceMode.class,
      names = {"SEQUENTIAL", "BATCHED"})
  void inferenceOfThreadsIsThatOfOne(InferenceMode mode) throws Exception {
    MultiLayerNetwork net = Small.network(Small.layer());
    INDArray x = Small.patterns(ROWS);
    double[] expected = Small.exact(net.output(x));
    ParallelInference inference =
        new ParallelInference.Builder(net).workers(2).inferenceMode(mode).build();
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      List<Callable<INDArray>> tasks = new ArrayList<>();
      for (int task = 0; task < 12; task++) {
        tasks.add(() -> inference.output(x.dup()));
      }
      for (Future<INDArray> output : threads.invokeAll(tasks)) {
        assertThat(Small.exact(output.get())).containsExactly(expected, within(1e-6));
      }
    } finally {
      threads.shutdown();
      inference.shutdown();
    }
  }
}
