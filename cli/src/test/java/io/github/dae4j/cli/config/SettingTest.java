package io.github.dae4j.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dae4j.cli.config.FineTuningConfiguration.PatienceConfiguration;
import io.github.dae4j.cli.config.ImageData.BuiltIn;
import io.github.dae4j.cli.config.ImageData.BuiltIn.Source;
import io.github.dae4j.cli.config.StackConfiguration.LayerConfiguration;
import io.github.dae4j.cli.config.UpdaterConfiguration.RateConfiguration;
import io.github.dae4j.corruption.MaskingCorruption;
import io.github.dae4j.corruption.NoCorruption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values that are set over a file's. */
class SettingTest {

  @Test
  void setsWhatTheFileSays() {
    ExperimentConfiguration read =
        Documents.read(
            Documents.LONG,
            "seed=5",
            "stack.layers[1].units=11",
            "stack.layers[5].corruption={masking: 0.7}",
            "stack.layers[0].corruption = none",
            "fine-tuning.patience.epochs=9");
    assertThat(read.seed()).isEqualTo(5);
    assertThat(read.stack().layers().get(1).units()).isEqualTo(11);
    assertThat(read.stack().layers().get(5).corruption()).isEqualTo(new MaskingCorruption(0.7));
    assertThat(read.stack().layers().get(0).corruption()).isEqualTo(new NoCorruption());
    assertThat(read.fineTuning().patience()).isEqualTo(new PatienceConfiguration(9, 3, 0.005));
  }

  @Test
  void makesMapsThatAreNotThere() {
    ExperimentConfiguration read =
        Documents.read(
            Documents.SHORT, "pretraining.updater.nesterov.rate=0.5", "pretraining.epochs=2");
    assertThat(read.pretraining().updater())
        .isEqualTo(new UpdaterConfiguration.Nesterov(RateConfiguration.constant(0.5), 0.9));
  }

  @Test
  void theLastOfTwoHolds() {
    assertThat(Documents.read(Documents.SHORT, "seed=3", "seed=4").seed()).isEqualTo(4);
  }

  @Test
  void nullLeavesAKeyOut() {
    ExperimentConfiguration read =
        Documents.read(
            Documents.LONG, "pretraining=null", "fine-tuning=~", "data.labels=null", "seed=null");
    assertThat(read.pretraining()).isNull();
    assertThat(read.fineTuning()).isNull();
    assertThat(read.seed()).isEqualTo(1);
  }

  @Test
  void aWholeListCanBeSet() {
    ExperimentConfiguration read =
        Documents.read(Documents.SHORT, "stack.layers=[{units: 3}, {units: 2}]");
    assertThat(read.stack().layers()).extracting(LayerConfiguration::units).containsExactly(3, 2);
  }

  @Test
  void anythingButKeysMayHaveAnEqualsSign() {
    ExperimentConfiguration read =
        Documents.read(Documents.SHORT, "data={source: mnist, directory: a=b}");
    assertThat(((BuiltIn) read.data()).source()).isEqualTo(Source.MNIST);
    assertThat(((BuiltIn) read.data()).directory()).hasToString("a=b");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          seed | must be key=value
          =1 | a path must be keys and indices like stack.layers[0].units, got ''
          a..b=1 | a path must be keys and indices like stack.layers[0].units, got 'a..b'
          stack.layers[x]=1 | a path must be keys and indices like stack.layers[0].units, got 'stack.layers[x]'
          stack.layers.[0]=1 | a path must be keys and indices like stack.layers[0].units, got 'stack.layers.[0]'
          [0]=1 | a path must be keys and indices like stack.layers[0].units, got '[0]'
          seed=x | seed must be a whole number of 64 bits, got x
          seed= | seed must be a whole number of 64 bits, got nothing
          seed=[1 | no YAML: expected ',' or ']', but got <stream end>
          sed=1 | unknown key 'sed', did you mean 'seed'?
          pretrainig.epochs=1 | unknown key 'pretrainig', did you mean 'pretraining'?
          data.trian=1 | unknown key 'trian' in data, did you mean 'train'?
          seed.value=1 | seed is no map but -7
          stack.layers.units=1 | stack.layers is no map but a list
          stack[0]=1 | stack is no list but a map
          stack.layer[0].units=1 | there is no list 'layer' in stack, did you mean 'layers'?
          stack.layers[6].units=1 | index of stack.layers must be in [0, 6), got 6
          stack.layers[2].units=0 | stack.layers[2].units must be in [1, 1000000], got 0
          fine-tuning.freeze[0].below=9 | fine-tuning.freeze[0].below must be <= 6, so that a layer is left to train, got 9
          data=null | missing key 'data'
          """)
  void whatIsWrongIsNamed(String setting, String problem) {
    assertThatThrownBy(() -> Documents.read(Documents.LONG, setting))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("--set " + setting + ": " + problem);
  }
}
