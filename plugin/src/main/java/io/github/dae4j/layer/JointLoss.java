package io.github.dae4j.layer;

import static io.github.dae4j.layer.DenoisingAutoEncoderParamInitializer.BIAS_KEY;
import static io.github.dae4j.layer.DenoisingAutoEncoderParamInitializer.WEIGHT_KEY;

import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The network's loss + weight x a layer's denoising loss, as derivatives. */
record JointLoss(double weight, DenoisingStep step) {

  /**
   * Adds to the layer's views, which hold the derivatives of the network's loss where it has any.
   *
   * @return the denoising loss
   */
  double add(EncoderLayer layer, LayerWorkspaceMgr mgr) {
    INDArray supervisedW = layer.view(WEIGHT_KEY).dup();
    INDArray supervisedB = layer.view(BIAS_KEY).dup();
    double loss = step.run(layer, layer.getIterationCount(), layer.getEpochCount(), mgr);
    layer.getGradientsViewArray().muli(weight);
    layer.view(WEIGHT_KEY).addi(supervisedW);
    layer.view(BIAS_KEY).addi(supervisedB);
    return loss;
  }
}
