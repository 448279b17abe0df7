package io.github.dae4j.stacked.marginalized;

import static io.github.dae4j.layer.DenoisingAutoEncoderParamInitializer.BIAS_KEY;
import static io.github.dae4j.layer.DenoisingAutoEncoderParamInitializer.VISIBLE_BIAS_KEY;
import static io.github.dae4j.layer.DenoisingAutoEncoderParamInitializer.VISIBLE_WEIGHT_KEY;
import static io.github.dae4j.layer.DenoisingAutoEncoderParamInitializer.WEIGHT_KEY;

import io.github.dae4j.layer.DenoisingAutoEncoderLayer;
import java.util.Random;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.eigen.Eigen;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Starts a denoising autoencoder at the best linear denoiser with as many codes as it has units,
 * found in closed form.
 *
 * <p>The codes are rotated at random, so that all units begin with the same share of the variance,
 * and scaled so that the units stay where their activation is nearly linear. The visible bias gives
 * the features' mean. An untied decoder undoes the scale, a tied one is what it must be.
 *
 * @param masking what the denoiser is for, best what the layer is then trained with
 * @param seed of the rotation
 */
public record MarginalizedInitialization(MarginalizedMasking masking, long seed) {

  /**
   * Sets all parameters of the layer.
   *
   * @param layer with sigmoid, tanh or identity as activation, sigmoid or identity as decoder's
   * @param data the layer's input [minibatch, nIn], as for {@link MarginalizedMasking#fit}
   * @throws IllegalArgumentException if layer or data are not like that
   */
  public void apply(DenoisingAutoEncoderLayer layer, DataSetIterator data) {
    CodeUnits codes = CodeUnits.of(layer.layerConf().getActivationFn());
    VisibleUnits visible = VisibleUnits.of(layer.layerConf().getDecoderActivation());
    SecondMoments moments = SecondMoments.of(data, x -> x);
    requireWidth(layer.layerConf().getNIn(), moments.mean().length);
    int nOut = Math.toIntExact(layer.layerConf().getNOut());
    int rank = Math.min(nOut, moments.mean().length);
    LinearDenoiser denoiser = LinearDenoiser.of(moments, masking, rank);
    INDArray rotation = rotation(rank, nOut);
    double visibleSlope = visible.meanSlope(moments);
    double scale = codes.scale(visibleSlope, Math.sqrt(denoiser.variance() / nOut));

    INDArray weights = denoiser.encoder().mmul(rotation).muli(scale);
    INDArray decoder = weights.transpose();
    if (!layer.layerConf().isTiedWeights()) {
      decoder = rotation.transpose().mmul(denoiser.decoder());
      decoder.muli(visibleSlope / (codes.slope() * scale));
      set(layer, VISIBLE_WEIGHT_KEY, decoder);
    }
    INDArray mean = Nd4j.createFromArray(new double[][] {moments.mean()});
    INDArray codesOfMean = decoder.sum(true, 0).muli(codes.value());
    set(layer, WEIGHT_KEY, weights);
    set(layer, BIAS_KEY, mean.mmul(weights).muli(masking.level() - 1));
    set(layer, VISIBLE_BIAS_KEY, visible.preOutputs(mean).subi(codesOfMean));
  }

  private static void set(DenoisingAutoEncoderLayer layer, String key, INDArray values) {
    INDArray param = layer.getParam(key);
    param.assign(values.castTo(param.dataType()).reshape(param.shape()));
  }

  private static void requireWidth(long nIn, int width) {
    if (width != nIn) {
      throw new IllegalArgumentException(
          "MarginalizedInitialization data must be [minibatch, %d] for this layer, got %d features"
              .formatted(nIn, width));
    }
  }

  /** Orthonormal rows [rank, nOut], of no preferred direction. */
  private INDArray rotation(int rank, int nOut) {
    Random random = new Random(seed);
    double[][] symmetric = new double[nOut][nOut];
    for (int i = 0; i < nOut; i++) {
      symmetric[i][i] = Math.sqrt(2) * random.nextGaussian();
      for (int j = 0; j < i; j++) {
        symmetric[i][j] = symmetric[j][i] = random.nextGaussian();
      }
    }
    INDArray vectors = Nd4j.createFromArray(symmetric).dup('f');
    Eigen.symmetricGeneralizedEigenvalues(vectors);
    return vectors.get(NDArrayIndex.interval(0, rank), NDArrayIndex.all()).dup();
  }
}
