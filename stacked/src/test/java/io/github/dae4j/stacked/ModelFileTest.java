package io.github.dae4j.stacked;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dae4j.internal.file.WholeFile;
import io.github.dae4j.stacked.anomaly.AnomalyDetector;
import io.github.dae4j.stacked.anomaly.DetectorPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.layers.FrozenLayer;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.ViewIterator;
import org.nd4j.linalg.dataset.api.preprocessor.DataNormalization;
import org.nd4j.linalg.dataset.api.preprocessor.ImagePreProcessingScaler;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerMinMaxScaler;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerStandardize;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.schedule.MapSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/** What a stack is after it was written and read, and what a folder is after a failure. */
class ModelFileTest {

  @TempDir private Path folder;

  private StackedDenoisingAutoEncoder written(StackedDenoisingAutoEncoder stack)
      throws IOException {
    Path file = folder.resolve("stack.zip");
    stack.save(file, true);
    assertThat(files()).containsExactly("stack.zip");
    return StackedDenoisingAutoEncoder.load(file);
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT", "DOUBLE", "HALF"})
  void everythingIsEqualToTheLastBit(DataType type) throws IOException {
    StackedDenoisingAutoEncoder stack =
        SmallStacks.two()
            .dataType(type)
            .updater(type == DataType.FLOAT16 ? new Sgd(0.01) : new Adam(0.01)) // NaN in HALF
            .build();
    stack.network().pretrainLayer(0, SmallStacks.data(6).castTo(type));
    stack.network().fit(SmallStacks.labelled(6));
    StackedDenoisingAutoEncoder read = written(stack);
    INDArray x = SmallStacks.data(4);
    assertThat(read.network().getLayerWiseConfigurations())
        .isEqualTo(stack.network().getLayerWiseConfigurations());
    assertSame(read.network().params(), stack.network().params());
    assertSame(read.encode(x), stack.encode(x));
    assertSame(read.reconstruct(x), stack.reconstruct(x));
    assertSame(read.network().output(x), stack.network().output(x));
  }

  private static void assertSame(INDArray actual, INDArray expected) {
    assertThat(SmallStacks.exact(actual)).containsExactly(SmallStacks.exact(expected));
  }

  @Test
  void trainingGoesOnWhereItWasOrAfresh() throws IOException {
    StackedDenoisingAutoEncoder stack = SmallStacks.two().build();
    stack.network().fit(SmallStacks.labelled(6));
    StackedDenoisingAutoEncoder going = written(stack);
    stack.save(folder.resolve("stack.zip"), false);
    StackedDenoisingAutoEncoder afresh =
        StackedDenoisingAutoEncoder.load(folder.resolve("stack.zip"));
    for (StackedDenoisingAutoEncoder each :
        new StackedDenoisingAutoEncoder[] {stack, going, afresh}) {
      each.network().fit(SmallStacks.labelled(6));
    }
    assertSame(going.network().params(), stack.network().params());
    assertThat(afresh.network().params()).isNotEqualTo(stack.network().params());
  }

  @Test
  void propertiesAreInTheFile() throws IOException {
    Map<String, String> properties = Map.of("class.0", "Zoë, \"a\"\n", "", "empty");
    PretrainableNetwork network = SmallStacks.two().build().network();
    StackedDenoisingAutoEncoder read =
        written(StackedDenoisingAutoEncoder.of(network, null, properties));
    assertThat(read.properties()).isEqualTo(properties);
    AnomalyDetector.fit(read, SmallStacks.data(6), DetectorPlan.ofQuantile(0.5))
        .save(folder.resolve("stack.zip"));
    assertThat(StackedDenoisingAutoEncoder.load(folder.resolve("stack.zip")).properties())
        .isEqualTo(properties);
    assertThat(written(StackedDenoisingAutoEncoder.of(network)).properties()).isEmpty();
    Map<String, String> many = Map.of("a", "x".repeat(5 << 20));
    assertThatThrownBy(() -> written(StackedDenoisingAutoEncoder.of(network, null, many)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("its properties must have at most 4194304 bytes as JSON, got ");
  }

  private static Stream<DataNormalization> normalizations() {
    NormalizerStandardize withLabels = new NormalizerStandardize();
    withLabels.fitLabel(true);
    NormalizerMinMaxScaler scaledLabels = new NormalizerMinMaxScaler(-1, 1);
    scaledLabels.fitLabel(true);
    return Stream.of(
            new NormalizerStandardize(),
            withLabels,
            new NormalizerMinMaxScaler(-2, 3),
            scaledLabels,
            new ImagePreProcessingScaler(-1, 1, 16))
        .peek(normalization -> normalization.fit(SmallStacks.labelled(7)));
  }

  @ParameterizedTest
  @MethodSource("normalizations")
  void theNormalizationIsInTheFile(DataNormalization normalization) throws IOException {
    StackedDenoisingAutoEncoder stack = SmallStacks.two().normalization(normalization).build();
    StackedDenoisingAutoEncoder read = written(stack);
    DataNormalization again = read.normalization().orElseThrow();
    assertThat(again).isEqualTo(normalization);
    assertThat(again.isFitLabel()).isEqualTo(normalization.isFitLabel());
    INDArray x = SmallStacks.data(4);
    assertSame(read.encode(x), stack.encode(x));
    assertSame(read.reconstruct(x), stack.reconstruct(x));
  }

  /** DL4J's own reader understands the file too. */
  @Test
  void theFormatIsThatOfDl4j() throws IOException {
    DataNormalization normalization = new NormalizerStandardize();
    normalization.fit(SmallStacks.labelled(7));
    StackedDenoisingAutoEncoder stack = SmallStacks.two().normalization(normalization).build();
    written(stack);
    var read =
        ModelSerializer.restoreMultiLayerNetworkAndNormalizer(
            folder.resolve("stack.zip").toFile(), true);
    assertThat(read.getFirst().params()).isEqualTo(stack.network().params());
    assertThat(read.getSecond()).isEqualTo(normalization);
  }

  @Test
  void frozenLayersStayFrozen() throws IOException {
    MultiLayerConfiguration conf = SmallStacks.two().build().network().getLayerWiseConfigurations();
    conf.getConf(0)
        .setLayer(
            new org.deeplearning4j.nn.conf.layers.misc.FrozenLayer(conf.getConf(0).getLayer()));
    StackedDenoisingAutoEncoder stack =
        StackedDenoisingAutoEncoder.of(new PretrainableNetwork(conf));
    StackedDenoisingAutoEncoder read = written(stack);
    assertThat(read.network().getLayer(0)).isInstanceOf(FrozenLayer.class);
    assertSame(read.encode(SmallStacks.data(3)), stack.encode(SmallStacks.data(3)));
  }

  @Test
  void theFileIsTheSameInEveryTimeZone() throws IOException {
    StackedDenoisingAutoEncoder stack = StackedDenoisingAutoEncoder.builder(4, 2).build();
    Path here = folder.resolve("here.zip");
    Path there = folder.resolve("there.zip");
    TimeZone zone = TimeZone.getDefault();
    try {
      TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
      stack.save(here, false);
      TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kathmandu"));
      stack.save(there, false);
    } finally {
      TimeZone.setDefault(zone);
    }
    assertThat(there).hasSameBinaryContentAs(here);
  }

  @Test
  void aFileThatIsThereIsReplaced() throws IOException {
    written(SmallStacks.two().seed(5).build());
    StackedDenoisingAutoEncoder stack = SmallStacks.two().build();
    assertSame(written(stack).network().params(), stack.network().params());
  }

  @Test
  void aFailureLeavesTheFolderAsItWas() throws IOException {
    Path file = folder.resolve("stack.zip");
    Files.writeString(file, "the model of yesterday");
    Files.writeString(folder.resolve("other"), "other");
    WholeFile.Content halfAModel =
        out -> {
          out.write(new byte[1 << 20]);
          throw new IOException("no space left");
        };
    assertThatThrownBy(() -> WholeFile.write(file, halfAModel))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("Cannot write " + file)
        .hasMessageContaining("no space left");
    assertThat(files()).containsExactly("other", "stack.zip");
    assertThat(file).hasContent("the model of yesterday");
  }

  @Test
  void aFolderThatIsNoneIsNamed() throws IOException {
    Path notAFolder = Files.writeString(folder.resolve("file"), "");
    StackedDenoisingAutoEncoder stack = SmallStacks.two().build();
    for (Path file : new Path[] {notAFolder.resolve("a.zip"), folder.resolve("none/a.zip")}) {
      assertThatThrownBy(() -> stack.save(file, true))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("Cannot write " + file);
    }
    assertThat(files()).containsExactly("file");
  }

  @Test
  void aDirectoryIsNotReplaced() throws IOException {
    Path directory = Files.createDirectories(folder.resolve("stack.zip/inside"));
    StackedDenoisingAutoEncoder stack = SmallStacks.two().build();
    assertThatThrownBy(() -> stack.save(directory.getParent(), true))
        .isInstanceOf(IOException.class);
    assertThat(directory).isDirectory();
    assertThat(files()).containsExactly("stack.zip");
  }

  @Test
  void epochsOfPretrainingAreRestored() throws IOException {
    Path file = folder.resolve("pretrained.zip");
    StackedDenoisingAutoEncoder stack =
        SmallStacks.two()
            .updater(new Sgd(new MapSchedule(ScheduleType.EPOCH, Map.of(0, 0.5, 2, 0.0))))
            .build();
    stack.network().pretrainLayer(0, new ViewIterator(SmallStacks.labelled(6), 3), 2);
    stack.save(file, true);
    for (PretrainableNetwork network :
        List.of(
            StackedDenoisingAutoEncoder.load(file).network(),
            PretrainableNetwork.load(file.toFile(), true),
            PretrainableNetwork.load(file.toFile(), false))) {
      assertThat(network.getLayer(0).conf().getEpochCount()).isEqualTo(2);
      assertThat(network.getLayer(0).conf().getIterationCount())
          .isEqualTo(stack.network().getLayer(0).conf().getIterationCount())
          .isPositive();
      assertThat(network.getLayer(1).conf().getEpochCount()).isZero();
      network.pretrainLayer(0, new ViewIterator(SmallStacks.labelled(6), 3), 1); // at a rate of 0
      assertThat(network.params()).isEqualTo(stack.network().params());
    }
  }
}
