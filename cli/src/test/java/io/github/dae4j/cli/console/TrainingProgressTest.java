package io.github.dae4j.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.dae4j.cli.experiment.Experiment.Stage;
import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import io.github.dae4j.stacked.finetuning.FineTuner;
import io.github.dae4j.stacked.pretraining.GreedyPretrainer;
import io.github.dae4j.stacked.pretraining.LayerPlan;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.ViewIterator;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

class TrainingProgressTest {

  private static final String NUMBER = "\\d+(\\.\\d+)?";

  @Test
  void withoutATerminalEachEpochHasALine() {
    assertThat(lines(false, false))
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .matches("layer 0      epoch 1/2  loss N  N s".replace("N", NUMBER)),
            line -> assertThat(line).startsWith("layer 0      epoch 2/2  loss "),
            line -> assertThat(line).startsWith("layer 1      epoch 1/2  loss "),
            line -> assertThat(line).startsWith("layer 1      epoch 2/2  loss "),
            line ->
                assertThat(line)
                    .matches(
                        "fine-tuning  epoch 1/1  loss N  validation N  N s".replace("N", NUMBER)));
  }

  @Test
  void onATerminalEachStageHasABarAndThenALine() {
    PrintStream err = System.err;
    ByteArrayOutputStream bars = new ByteArrayOutputStream();
    System.setErr(new PrintStream(bars, true, StandardCharsets.UTF_8));
    try {
      assertThat(lines(true, false))
          .satisfiesExactly(
              line ->
                  assertThat(line)
                      .matches("layer 0      epoch 2/2  loss N  N s".replace("N", NUMBER)),
              line ->
                  assertThat(line)
                      .matches("layer 1      epoch 2/2  loss N  N s".replace("N", NUMBER)),
              line ->
                  assertThat(line)
                      .matches(
                          "fine-tuning  epoch 1/1  loss N  validation N  N s"
                              .replace("N", NUMBER)));
    } finally {
      System.setErr(err);
    }
    assertThat(bars.toString(StandardCharsets.UTF_8)).contains("layer 1", "4/4", "fine-tuning");
  }

  @Test
  void forAProgramEachEpochIsAnObject() throws IOException {
    List<JsonNode> epochs = new ArrayList<>();
    for (String line : lines(false, true)) {
      epochs.add(new ObjectMapper().readTree(line));
    }
    assertThat(epochs).hasSize(5).allMatch(epoch -> epoch.get("event").asText().equals("epoch"));
    JsonNode second = epochs.get(1);
    assertThat(second.get("stage").asText()).isEqualTo("layer 0");
    assertThat(second.get("epoch").asInt()).isEqualTo(2);
    assertThat(second.get("epochs").asInt()).isEqualTo(2);
    assertThat(second.get("loss").asDouble()).isPositive();
    assertThat(second.get("validation").isNull()).isTrue();
    assertThat(second.get("seconds").asDouble()).isPositive();
    assertThat(epochs.get(4).get("validation").isNumber()).isTrue();
  }

  private static List<String> lines(boolean isWatched, boolean isJson) {
    StackedDenoisingAutoEncoder stack =
        StackedDenoisingAutoEncoder.builder(3, 2, 2)
            .seed(1)
            .output(new OutputLayer.Builder().nOut(2).activation(Activation.SOFTMAX).build())
            .build();
    StringWriter out = new StringWriter();
    try (TrainingProgress progress =
        new TrainingProgress(
            List.of(new Stage("layer 0", 2, 2), new Stage("layer 1", 2, 2)),
            new Stage("fine-tuning", 1, 2),
            new Console(new PrintWriter(out), false, isJson),
            isWatched,
            false)) {
      stack.network().setListeners(progress);
      stack.pretrain(
          new GreedyPretrainer.Builder().plan(LayerPlan.ofEpochs(2)).build(), examples());
      stack.fineTune(new FineTuner.Builder().epochs(1).build(), examples(), examples());
    }
    return out.toString().lines().toList();
  }

  private static DataSetIterator examples() {
    return new ViewIterator(
        new DataSet(
            Nd4j.createFromArray(new float[][] {{0, 1, 0}, {1, 0, 1}, {1, 1, 0}, {0, 0, 1}}),
            Nd4j.createFromArray(new float[][] {{0, 1}, {1, 0}, {0, 1}, {1, 0}})),
        2);
  }
}
