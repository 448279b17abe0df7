package io.github.dae4j.stacked;

import io.github.dae4j.stacked.internal.OnnxGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.preprocessor.DataNormalization;
import org.nd4j.linalg.dataset.api.preprocessor.ImagePreProcessingScaler;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerMinMaxScaler;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerStandardize;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A normalization as nodes of an ONNX graph, {@code (x - subtracted) / divisor * factor + offset},
 * and its inverse.
 */
record OnnxUnits(INDArray subtracted, INDArray divisor, double factor, double offset) {

  static OnnxUnits of(DataNormalization normalization) {
    if (normalization instanceof NormalizerStandardize standardize) {
      INDArray deviation = standardize.getStd();
      INDArray ones = deviation.eq(0).castTo(deviation.dataType()); // as DL4J does, for constants
      return new OnnxUnits(standardize.getMean(), deviation.add(ones), 1, 0);
    }
    if (normalization instanceof NormalizerMinMaxScaler scaler) {
      double factor = scaler.getTargetMax() - scaler.getTargetMin();
      INDArray range = scaler.getMax().sub(scaler.getMin());
      return new OnnxUnits(scaler.getMin(), range, factor, scaler.getTargetMin());
    }
    if (normalization instanceof ImagePreProcessingScaler scaler) {
      double factor = scaler.getMaxRange() - scaler.getMinRange();
      INDArray most = Nd4j.createFromArray(scaler.getMaxPixelVal());
      return new OnnxUnits(Nd4j.zeros(1), most, factor, scaler.getMinRange());
    }
    return new OnnxUnits(null, null, 1, 0); // InputUnits allows no others
  }

  String toNetwork(OnnxGraph graph, String x) {
    if (divisor == null) {
      return x;
    }
    String centred = graph.node("Sub", x, graph.vector("mean", subtracted));
    String scaled = graph.node("Div", centred, graph.vector("scale", divisor));
    String ranged = factor == 1 ? scaled : graph.node("Mul", scaled, graph.number(factor));
    return offset == 0 ? ranged : graph.node("Add", ranged, graph.number(offset));
  }

  String toUser(OnnxGraph graph, String z) {
    if (divisor == null) {
      return z;
    }
    String scaled = offset == 0 ? z : graph.node("Sub", z, graph.number(offset));
    String unit = factor == 1 ? scaled : graph.node("Div", scaled, graph.number(factor));
    String ranged = graph.node("Mul", unit, graph.vector("scale", divisor));
    return graph.node("Add", ranged, graph.vector("mean", subtracted));
  }
}
