package io.github.dae4j.stacked.marginalized;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.eigen.Eigen;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The linear map of given rank that reconstructs x best from masked x~, around their means: x is
 * about mean + ((x~ - kept mean) encoder) decoder (reduced-rank regression; Izenman 1975).
 *
 * @param encoder [nIn, rank]
 * @param decoder [rank, nIn], of orthonormal rows
 * @param variance of the codes, summed over them
 */
record LinearDenoiser(INDArray encoder, INDArray decoder, double variance) {

  static LinearDenoiser of(SecondMoments moments, MarginalizedMasking masking, int rank) {
    double kept = 1 - masking.level();
    double[][] corrupted = moments.covariance(kept);
    for (int i = 0; i < corrupted.length; i++) {
      corrupted[i][i] += kept * masking.level() * moments.ofProducts()[i][i];
    }
    double[][] crossed = moments.covariance(Math.sqrt(kept));
    INDArray full = Nd4j.createFromArray(masking.solve(corrupted, crossed));
    INDArray directions = Nd4j.createFromArray(crossed).mmul(full).dup('f');
    INDArray variances = Eigen.symmetricGeneralizedEigenvalues(directions); // ascending
    long nIn = variances.length();
    INDArray leading =
        directions
            .get(NDArrayIndex.all(), NDArrayIndex.interval(nIn - rank, nIn))
            .dup(); // of the largest variances
    double variance =
        variances.get(NDArrayIndex.interval(nIn - rank, nIn)).sumNumber().doubleValue();
    return new LinearDenoiser(full.mmul(leading), leading.transpose(), variance);
  }
}
