package io.github.dae4j.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.core.storage.Persistable;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.deeplearning4j.optimize.listeners.PerformanceListener;
import org.deeplearning4j.optimize.listeners.ScoreIterationListener;
import org.deeplearning4j.ui.model.stats.StatsListener;
import org.deeplearning4j.ui.model.stats.api.StatsReport;
import org.deeplearning4j.ui.model.stats.api.StatsType;
import org.deeplearning4j.ui.model.storage.InMemoryStatsStorage;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;
import org.slf4j.LoggerFactory;

/** DL4J's listeners see pretraining as they see fit. */
class ListenerTest {

  private static final int ROWS = 10;

  @Test
  void scoreIterationListenerPrintsTheScoreOfEachStep() {
    MultiLayerNetwork net = Small.network(Small.layer());
    net.setListeners(new ScoreIterationListener(1));
    List<String> lines =
        logged(ScoreIterationListener.class, () -> Small.pretrain(net, Small.patterns(ROWS), 2));
    assertThat(lines).hasSize(2);
    assertThat(lines.get(1)).isEqualTo("Score at iteration 1 is " + Small.layerOf(net).score());
  }

  @Test
  void performanceListenerPrintsTheSpeed() {
    MultiLayerNetwork net = Small.network(Small.layer());
    net.setListeners(new PerformanceListener.Builder().reportETL(false).build());
    List<String> lines =
        logged(PerformanceListener.class, () -> Small.pretrain(net, Small.patterns(ROWS), 1));
    assertThat(lines).singleElement().asString().contains("samples/sec", "batches/sec");
  }

  /** DL4J's fault, with every layer: it asks a layer for the ETL time that only networks have. */
  @Test
  void performanceListenerThrowsUnlessEtlTimeIsSwitchedOff() {
    MultiLayerNetwork net = Small.network(Small.layer());
    net.setListeners(new PerformanceListener(1));
    assertThatThrownBy(() -> net.pretrainLayer(0, Small.patterns(ROWS)))
        .isInstanceOf(ClassCastException.class)
        .hasMessageContaining("cannot be cast to class " + ComputationGraph.class.getName());
  }

  @Test
  void statsListenerReportsScoreParametersAndActivations() {
    InMemoryStatsStorage storage = new InMemoryStatsStorage();
    MultiLayerNetwork net = Small.network(Small.layer().tiedWeights(false));
    net.setListeners(new StatsListener(storage, 1));

    Small.pretrain(net, Small.patterns(ROWS), 3);

    List<StatsReport> reports = reports(storage);
    assertThat(reports).hasSize(3);
    StatsReport last = reports.get(2);
    assertThat(last.getScore()).isEqualTo(Small.layerOf(net).score());
    assertThat(last.getIterationCount()).isEqualTo(2);
    assertThat(last.getMeanMagnitudes(StatsType.Parameters)).containsKeys("W", "b", "vb", "vW");
    assertThat(last.getMeanMagnitudes(StatsType.Updates)).containsKeys("W", "b", "vb", "vW");
    assertThat(last.getMeanMagnitudes(StatsType.Gradients)).containsKeys("W", "b", "vb", "vW");
    assertThat(last.getMeanMagnitudes(StatsType.Activations))
        .containsOnlyKeys("code", "reconstruction");
  }

  @Test
  void statsListenerSeesThePretrainingOfAGraph() {
    InMemoryStatsStorage storage = new InMemoryStatsStorage();
    ComputationGraph graph = Small.graph(Small.settings(), Small.layer().build());
    graph.setListeners(new StatsListener(storage, 1));
    graph.pretrain(Small.batches(ROWS, 5));
    assertThat(reports(storage)).hasSize(2);
  }

  @Test
  void statsListenerSeesFit() {
    InMemoryStatsStorage storage = new InMemoryStatsStorage();
    MultiLayerNetwork net = Small.network(Small.layer());
    net.setListeners(new StatsListener(storage, 1));
    net.fit(Small.data(ROWS));
    assertThat(reports(storage))
        .singleElement()
        .satisfies(
            report ->
                assertThat(report.getMeanMagnitudes(StatsType.Parameters))
                    .containsKeys("0_W", "0_b", "1_W", "1_b"));
  }

  private static List<StatsReport> reports(InMemoryStatsStorage storage) {
    List<StatsReport> reports = new ArrayList<>();
    for (String session : storage.listSessionIDs()) {
      for (String worker : storage.listWorkerIDsForSession(session)) {
        for (Persistable update :
            storage.getAllUpdatesAfter(session, StatsListener.TYPE_ID, worker, 0)) {
          reports.add((StatsReport) update);
        }
      }
    }
    return reports;
  }

  @Test
  void eachStepIsForwardPassGradientAndIteration() {
    Recorder recorder = new Recorder();
    MultiLayerNetwork net = Small.network(Small.layer());
    net.setListeners(recorder);
    Small.pretrain(net, Small.patterns(ROWS), 2);
    assertThat(recorder.events)
        .containsExactly(
            "forward [code, reconstruction]",
            "gradient",
            "iteration 0",
            "forward [code, reconstruction]",
            "gradient",
            "iteration 1");
  }

  /** Asked for when a step is done, the gradient is what the step has subtracted, as in DL4J. */
  @Test
  void theGradientOfAStepThatIsDoneIsItsUpdate() {
    for (IUpdater updater : List.of(new Sgd(0.5), new Nesterovs(0.1, 0.9), new Adam(0.01))) {
      MultiLayerNetwork net =
          Small.network(
              Small.settings().updater(updater), Small.layer().tiedWeights(false).build());
      List<INDArray> updates = new ArrayList<>();
      net.setListeners(
          new BaseTrainingListener() {
            @Override
            public void iterationDone(Model model, int iteration, int epoch) {
              updates.add(model.gradient().gradient().dup());
              assertThat(model.gradient().gradientForVariable())
                  .containsOnlyKeys("W", "b", "vb", "vW");
            }
          });
      for (int step = 0; step < 3; step++) {
        INDArray before = Small.layerOf(net).params().dup();
        net.pretrainLayer(0, Small.patterns(ROWS));
        INDArray subtracted = before.sub(Small.layerOf(net).params());
        assertThat(Small.exact(updates.get(step)))
            .containsExactly(Small.exact(subtracted), within(1e-6));
      }
    }
  }

  @Test
  void listenersSetAfterTheFirstStepAreToldOfTheNext() {
    Recorder recorder = new Recorder();
    MultiLayerNetwork net = Small.network(Small.layer());
    net.pretrainLayer(0, Small.patterns(ROWS));
    net.setListeners(recorder);
    net.pretrainLayer(0, Small.patterns(ROWS));
    assertThat(recorder.events).contains("iteration 1");
  }

  @Test
  void addedListenersJoinThoseThatAreThere() {
    Recorder first = new Recorder();
    Recorder second = new Recorder();
    MultiLayerNetwork net = Small.network(Small.layer());
    net.setListeners(first);
    net.pretrainLayer(0, Small.patterns(ROWS));
    net.getLayer(0).addListeners(second);
    net.pretrainLayer(0, Small.patterns(ROWS));
    assertThat(first.events).contains("iteration 0", "iteration 1");
    assertThat(second.events).contains("iteration 1").doesNotContain("iteration 0");
  }

  @Test
  void aGraphTellsTheLayerOfAddedListeners() {
    Recorder recorder = new Recorder();
    ComputationGraph graph = Small.graph(Small.settings(), Small.layer().build());
    graph.pretrain(Small.batches(ROWS, 5));
    graph.addListeners(recorder);
    graph.pretrain(Small.batches(ROWS, 5));
    assertThat(recorder.events).contains("iteration 2", "iteration 3");
  }

  @Test
  void aNetworkTellsTheLayerOfAddedListeners() {
    Recorder recorder = new Recorder();
    MultiLayerNetwork net = Small.network(Small.layer());
    net.pretrainLayer(0, Small.patterns(ROWS));
    net.addListeners(recorder);
    net.pretrainLayer(0, Small.patterns(ROWS));
    assertThat(recorder.events).contains("iteration 1");
  }

  /** DL4J's fault, with every layer: setListeners cuts the tie that the test above relies on. */
  @Test
  void aNetworkThatWasGivenListenersKeepsAddedOnesFromItsLayers() {
    MultiLayerNetwork net = Small.network(Small.settings(), Small.dense());
    net.setListeners(new Recorder());
    net.addListeners(new Recorder());
    assertThat(net.getListeners()).hasSize(2);
    assertThat(net.getLayer(0).getListeners()).hasSize(1);
  }

  @Test
  void aCloneHasListenersOfItsOwn() {
    Recorder recorder = new Recorder();
    DenoisingAutoEncoderLayer layer = Small.layerOf(Small.network(Small.layer()));
    DenoisingAutoEncoderLayer copy = layer.clone();
    layer.addListeners(recorder);
    assertThat(layer.getListeners()).hasSize(1);
    assertThat(copy.getListeners()).isEmpty();
  }

  /** Runs something and returns what a class has logged meanwhile. */
  private static List<String> logged(Class<?> source, Runnable action) {
    Logger logger = (Logger) LoggerFactory.getLogger(source);
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    Level level = logger.getLevel();
    logger.setLevel(Level.INFO);
    logger.setAdditive(false);
    logger.addAppender(lines);
    try {
      action.run();
    } finally {
      logger.detachAppender(lines);
      logger.setAdditive(true);
      logger.setLevel(level);
    }
    return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  private static class Recorder extends BaseTrainingListener {

    private final List<String> events = new ArrayList<>();

    @Override
    public void onForwardPass(Model model, Map<String, INDArray> activations) {
      events.add("forward " + activations.keySet());
    }

    @Override
    public void onGradientCalculation(Model model) {
      events.add("gradient");
    }

    @Override
    public void iterationDone(Model model, int iteration, int epoch) {
      events.add("iteration " + iteration);
    }
  }
}
