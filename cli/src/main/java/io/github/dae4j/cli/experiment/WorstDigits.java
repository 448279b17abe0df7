package io.github.dae4j.cli.experiment;

import io.github.dae4j.datasets.DrawnDigits;
import io.github.dae4j.report.ExampleRows;
import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import io.github.dae4j.stacked.anomaly.AnomalyDetector;
import java.awt.image.BufferedImage;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The digits with the highest scores, what is made of them, and where that is wrong.
 *
 * @param rows [digits, pixels] by what they are
 */
public record WorstDigits(Map<String, INDArray> rows) {

  private static final int SHOWN = 12;
  private static final double WHITE_ERROR = 4; // nats of a pixel: it was expected with e^-4

  /** Those of the test. */
  public static WorstDigits of(UnseenDigits search, AnomalyDetector detector) {
    StackedDenoisingAutoEncoder stack = detector.stack().orElseThrow();
    INDArray worst = search.worst(SHOWN);
    Map<String, INDArray> rows = new LinkedHashMap<>();
    rows.put("digit", worst);
    rows.put("reconstructed", stack.reconstruct(worst));
    rows.put("error", stack.reconstructionErrorPerFeature(worst).div(WHITE_ERROR));
    return new WorstDigits(rows);
  }

  /** All rows, labelled. */
  public BufferedImage picture() {
    return shape().image(rows, 2);
  }

  /** Each row by itself. */
  public Map<String, BufferedImage> pictures() {
    Map<String, BufferedImage> pictures = new LinkedHashMap<>();
    rows.forEach((name, images) -> pictures.put(name, shape().row(images)));
    return pictures;
  }

  private ExampleRows shape() {
    int count = (int) rows.values().iterator().next().size(0);
    return new ExampleRows(count, DrawnDigits.SIDE, DrawnDigits.SIDE);
  }
}
