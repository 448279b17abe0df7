package io.github.dae4j.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.dae4j.corruption.Corrupted;
import io.github.dae4j.corruption.Corruption;
import io.github.dae4j.corruption.NoCorruption;
import org.apache.commons.lang3.SerializationUtils;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.impl.LossL2;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Classes that users hand to the layer: what works, and what is refused before it costs a night.
 */
class UserClassesTest {

  /** Half a sigmoid: whoever takes it for a sigmoid computes another loss. */
  public static final class HalfSigmoid extends ActivationSigmoid {
    private static final long serialVersionUID = 1L;

    @Override
    public INDArray getActivation(INDArray in, boolean training) {
      return super.getActivation(in, training).muli(0.5);
    }
  }

  @Test
  void aSubclassOfTheSigmoidIsTakenAtItsWord() {
    DenoisingAutoEncoderLayer layer =
        Small.layerOf(Small.network(Small.layer().decoderActivation(new HalfSigmoid())));
    INDArray x = Small.patterns(4);
    INDArray z = layer.reconstruct(x);
    INDArray byHand =
        Transforms.log(z, true)
            .muli(x)
            .addi(Transforms.log(z.rsub(1), false).muli(x.rsub(1)))
            .sum(1)
            .negi();
    assertThat(Small.exact(layer.reconstructionError(x)))
        .containsExactly(Small.exact(byHand), within(1e-4));
  }

  /** It has no property that Jackson would see. */
  public static final class Closed implements Corruption {
    private static final long serialVersionUID = 1L;
    private final double level;

    public Closed(double level) {
      this.level = level;
    }

    @Override
    public Corrupted corrupt(INDArray clean, Random random, int iteration, int epoch) {
      return new Corrupted(clean.mul(level), clean.like());
    }
  }

  @Test
  void aCorruptionThatCannotBeSavedIsRefused() {
    assertThatThrownBy(() -> Small.layer().corruption(new Closed(0.3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "DenoisingAutoEncoder corruption must be a class that Jackson can write and read, such"
                + " as a record, got "
                + Closed.class.getName());
    Corruption lambda = (clean, random, iteration, epoch) -> new Corrupted(clean, clean.like());
    assertThatThrownBy(() -> Small.layer().corruption(lambda))
        .hasMessageContaining("such as a record, got " + lambda.getClass().getName());
  }

  /** It hands back another shape than it was given. */
  public record Narrowing() implements Corruption {
    @Override
    public Corrupted corrupt(INDArray clean, Random random, int iteration, int epoch) {
      INDArray narrow = Nd4j.zeros(clean.size(0), 3);
      return new Corrupted(narrow, narrow.like());
    }
  }

  @Test
  void aCorruptionThatChangesTheShapeIsNamed() {
    MultiLayerNetwork net = Small.network(Small.layer().corruption(new Narrowing()));
    assertThatThrownBy(() -> Small.pretrain(net, Small.patterns(4), 1))
        .hasMessage(
            "Narrowing[] must keep shape and type of its input, FLOAT [4, 12], got FLOAT [4, 3]");
  }

  @Test
  void touchedHasShapeAndTypeOfValues() {
    INDArray values = Nd4j.zeros(2, 3);
    assertThatThrownBy(() -> new Corrupted(values, values.lt(1)))
        .hasMessage(
            "Corrupted touched must have shape and type of values, FLOAT [2, 3], got BOOL [2, 3]");
    assertThatThrownBy(() -> new Corrupted(values, Nd4j.zeros(3)))
        .hasMessageEndingWith("got FLOAT [3]");
  }

  @Test
  void emphasisThatCountsNoCellIsRefused() {
    DenoisingAutoEncoder.Builder layer =
        Small.layer().corruption(new NoCorruption()).emphasis(1, 0);
    assertThatThrownBy(layer::build)
        .hasMessage(
            "DenoisingAutoEncoder emphasis on untouched cells must be > 0 without corruption, got"
                + " 0.0: no cell would count");
  }

  @Test
  void aLayerMeasuresAfterJavaSerialization() {
    DenoisingAutoEncoderLayer layer = Small.layerOf(Small.network(Small.layer()));
    INDArray x = Small.patterns(4);
    assertThat(SerializationUtils.clone(layer).reconstructionError(x))
        .isEqualTo(layer.reconstructionError(x));
  }

  @Test
  void booleanFeaturesAreNumbers() {
    MultiLayerNetwork net = Small.network(Small.layer());
    INDArray bits = Small.patterns(4).gt(0.5);
    INDArray numbers = bits.castTo(DataType.FLOAT);
    assertThat(Small.layerOf(net).reconstructionError(bits))
        .isEqualTo(Small.layerOf(net).reconstructionError(numbers));
    Small.pretrain(net, bits, 1);
  }

  @Test
  void anEmptyMinibatchIsNamed() {
    DenoisingAutoEncoderLayer layer = Small.layerOf(Small.network(Small.layer()));
    assertThatThrownBy(() -> layer.encode(Nd4j.empty(DataType.FLOAT).reshape(0, Small.WIDTH)))
        .hasMessageStartingWith("DenoisingAutoEncoder input must be [minibatch, 12], got [0, 12]");
  }

  @Test
  void aCellWithoutANumberIsLeftAsItIs() {
    DenoisingAutoEncoderLayer layer =
        Small.layerOf(Small.network(Small.layer().reconstructionLoss(new LossL2())));
    INDArray x = Small.patterns(3);
    x.putScalar(1, 2, Double.NaN);
    INDArray cells = layer.reconstructionErrorPerFeature(x);
    assertThat(cells.getDouble(1, 2)).isNaN();
    assertThat(cells.getRow(0))
        .isEqualTo(layer.reconstructionErrorPerFeature(x.getRows(0)).getRow(0));
  }
}
