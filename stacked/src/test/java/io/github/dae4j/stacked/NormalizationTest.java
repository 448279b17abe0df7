package io.github.dae4j.stacked;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.preprocessor.DataNormalization;
import org.nd4j.linalg.dataset.api.preprocessor.ImagePreProcessingScaler;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerMinMaxScaler;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerStandardize;
import org.nd4j.linalg.dataset.api.preprocessor.VGG16ImagePreProcessor;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class NormalizationTest {

  private static final INDArray X = SmallStacks.data(20).mul(50).add(7);

  private static Stream<DataNormalization> normalizations() {
    return fitted(
        new NormalizerStandardize(),
        new NormalizerMinMaxScaler(),
        new NormalizerMinMaxScaler(-1, 2),
        new ImagePreProcessingScaler(0, 1));
  }

  private static Stream<DataNormalization> fitted(DataNormalization... normalizations) {
    return Stream.of(normalizations).peek(n -> n.fit(new DataSet(X, X)));
  }

  private static StackedDenoisingAutoEncoder stack(DataType type, DataNormalization normalization) {
    return SmallStacks.two()
        .visible(Activation.IDENTITY, LossFunction.L2)
        .dataType(type)
        .normalization(normalization)
        .build();
  }

  private static INDArray normalized(DataNormalization normalization, DataType type) {
    INDArray copy = X.castTo(type).dup();
    normalization.transform(copy);
    return copy;
  }

  @ParameterizedTest
  @MethodSource("normalizations")
  void inputIsNormalizedAndTheReconstructionIsNot(DataNormalization normalization) {
    for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
      StackedDenoisingAutoEncoder stack = stack(type, normalization);
      INDArray inside = normalized(normalization, type);
      StackedDenoisingAutoEncoder bare = StackedDenoisingAutoEncoder.of(stack.network());
      assertThat(stack.encode(X)).isEqualTo(bare.encode(inside));
      assertThat(stack.reconstructionError(X)).isEqualTo(bare.reconstructionError(inside));

      INDArray z = stack.reconstruct(X);
      assertThat(z.dataType()).isEqualTo(type);
      INDArray again = z.dup();
      normalization.transform(again);
      assertThat(again.distance2(bare.reconstruct(inside))).isCloseTo(0, within(1e-3));
    }
  }

  @ParameterizedTest
  @MethodSource("normalizations")
  void theArrayOfTheUserIsNotTouched(DataNormalization normalization) {
    StackedDenoisingAutoEncoder stack = stack(DataType.FLOAT, normalization);
    INDArray x = X.dup();
    stack.encode(x);
    stack.reconstruct(x);
    stack.reconstructionError(x);
    assertThat(SmallStacks.exact(x)).containsExactly(SmallStacks.exact(X));
  }

  @ParameterizedTest
  @MethodSource("normalizations")
  void fittingItAgainChangesNoStack(DataNormalization normalization) {
    StackedDenoisingAutoEncoder stack = stack(DataType.FLOAT, normalization);
    StackedDenoisingAutoEncoder copy = stack.copy();
    double[] z = SmallStacks.exact(stack.reconstruct(X));
    fitAnew(normalization);
    fitAnew(stack.normalization().orElseThrow());
    fitAnew(copy.normalization().orElseThrow());
    assertThat(SmallStacks.exact(stack.reconstruct(X))).containsExactly(z);
    assertThat(SmallStacks.exact(copy.reconstruct(X))).containsExactly(z);
  }

  private static void fitAnew(DataNormalization normalization) {
    normalization.fit(new DataSet(X.mul(3), X));
    if (normalization instanceof ImagePreProcessingScaler scaler) { // which fit leaves alone
      scaler.setMaxPixelVal(7);
    }
  }

  @Test
  void oneOfLabelsTooIsCopied() {
    NormalizerStandardize ofBoth = new NormalizerStandardize();
    ofBoth.fitLabel(true);
    ofBoth.fit(new DataSet(X, X.getColumns(0, 1, 2)));
    assertThat(stack(DataType.FLOAT, ofBoth).normalization()).contains(ofBoth);
  }

  @Test
  void withoutOneUnitsAreTheSame() {
    StackedDenoisingAutoEncoder stack = stack(DataType.FLOAT, null);
    assertThat(stack.normalization()).isEmpty();
    INDArray x = X.dup();
    assertThat(stack.encode(x)).isEqualTo(stack.network().feedForward(x).get(2));
    assertThat(SmallStacks.exact(x)).containsExactly(SmallStacks.exact(X));
  }

  @Test
  void aCopyHasItTooAndIsAnotherStack() {
    NormalizerStandardize normalization = new NormalizerStandardize();
    normalization.fit(new DataSet(X, X));
    StackedDenoisingAutoEncoder stack =
        StackedDenoisingAutoEncoder.of(
            stack(DataType.FLOAT, null).network(), normalization, Map.of("size", "3x4"));
    INDArray z = stack.reconstruct(X);
    StackedDenoisingAutoEncoder copy = stack.copy();
    assertThat(copy.properties()).isEqualTo(stack.properties());
    assertThat(SmallStacks.exact(copy.reconstruct(X))).containsExactly(SmallStacks.exact(z));
    copy.network().params().assign(0);
    assertThat(SmallStacks.exact(stack.reconstruct(X))).containsExactly(SmallStacks.exact(z));
  }

  @Test
  void oneThatDoesNotFitIsNamed() {
    assertThatThrownBy(() -> stack(DataType.FLOAT, new NormalizerStandardize()))
        .hasMessageStartingWith(
            "StackedDenoisingAutoEncoder normalization must be fitted to 12 features: ");
    NormalizerMinMaxScaler narrow = new NormalizerMinMaxScaler();
    narrow.fit(new DataSet(SmallStacks.data(3).getColumns(0, 1, 2), SmallStacks.data(3)));
    assertThatThrownBy(() -> stack(DataType.FLOAT, narrow))
        .hasMessageStartingWith(
            "StackedDenoisingAutoEncoder normalization must be fitted to 12 features: ");
    INDArray constant = SmallStacks.data(3);
    constant.getColumn(2).assign(1e6);
    NormalizerMinMaxScaler infinite = new NormalizerMinMaxScaler();
    infinite.fit(new DataSet(constant, constant));
    assertThatThrownBy(() -> stack(DataType.FLOAT, infinite))
        .hasMessage(
            "StackedDenoisingAutoEncoder normalization must be fitted to columns without missing"
                + " cells that it can scale, but makes 0 in column 2 -Infinity");
    assertThatThrownBy(() -> stack(DataType.FLOAT, new VGG16ImagePreProcessor()))
        .hasMessage(
            "StackedDenoisingAutoEncoder normalization must be NormalizerStandardize,"
                + " NormalizerMinMaxScaler or ImagePreProcessingScaler, got "
                + VGG16ImagePreProcessor.class.getName());
  }
}
