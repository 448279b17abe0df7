package io.github.dae4j.listener;

import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.TrainingListener;

/** A listener of a network that also hears what validation has found. */
public interface ValidationListener extends TrainingListener {

  /**
   * The network was measured on the validation set; in fine-tuning before its epoch has ended, if
   * patience validates within epochs, and in pretraining with the error of the layer in training.
   *
   * @param score less is better
   */
  void onValidation(MultiLayerNetwork network, double score);
}
