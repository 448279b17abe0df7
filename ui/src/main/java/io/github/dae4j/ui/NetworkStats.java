package io.github.dae4j.ui;

import org.deeplearning4j.core.storage.StatsStorageRouter;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.ui.model.stats.StatsListener;
import org.deeplearning4j.ui.model.stats.api.StatsInitializationReport;
import org.deeplearning4j.ui.model.stats.impl.DefaultStatsUpdateConfiguration;
import org.deeplearning4j.ui.model.stats.impl.SbeStatsInitializationReport;

/**
 * DL4J's listener for networks of a subclass too: DL4J's pages know how to draw a network by the
 * name of its class, and show an error where it is not {@code MultiLayerNetwork}.
 */
final class NetworkStats extends StatsListener {

  private static final long serialVersionUID = 1L;

  private boolean isNetwork;

  NetworkStats(StatsStorageRouter storage, String name, int every) {
    super(
        storage,
        null,
        new DefaultStatsUpdateConfiguration.Builder().reportingFrequency(every).build(),
        name,
        PictureListener.WORKER);
  }

  @Override
  public void iterationDone(Model model, int iteration, int epoch) {
    isNetwork = model instanceof MultiLayerNetwork;
    super.iterationDone(model, iteration, epoch);
  }

  @Override
  public StatsInitializationReport getNewInitializationReport() {
    return isNetwork ? new NetworkReport() : super.getNewInitializationReport();
  }

  private static final class NetworkReport extends SbeStatsInitializationReport {

    private static final long serialVersionUID = 1L;

    @Override
    public void reportModelInfo(
        String type, String configuration, String[] parameters, int layers, long count) {
      super.reportModelInfo(
          MultiLayerNetwork.class.getName(), configuration, parameters, layers, count);
    }
  }
}
