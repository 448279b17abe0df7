package io.github.dae4j.stacked.pretraining;

import java.util.List;

/**
 * What became of the pretraining of a layer; epochs count from 0.
 *
 * @param layer its index in the network
 * @param trainingLosses of each epoch, the mean score of its examples while they were trained on
 * @param validationErrors after each epoch, the mean reconstruction error of the validation set;
 *     empty without one, and for layers that are not ours
 * @param bestEpoch the epoch whose weights the layer has now: that of the lowest validation error
 *     if there was early stopping, else the last
 * @param seconds training and validation, without the computation of its input
 * @param cachedBytes the size of its cached input
 * @param cachedInFile whether that lay in a file, not in memory
 */
public record LayerResult(
    int layer,
    List<Double> trainingLosses,
    List<Double> validationErrors,
    int bestEpoch,
    double seconds,
    long cachedBytes,
    boolean cachedInFile) {

  public LayerResult {
    trainingLosses = List.copyOf(trainingLosses);
    validationErrors = List.copyOf(validationErrors);
  }

  public int epochs() {
    return trainingLosses.size();
  }
}
