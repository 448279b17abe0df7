package io.github.dae4j.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.ui.model.storage.InMemoryStatsStorage;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

class PictureListenerTest {

  private final InMemoryStatsStorage storage = new InMemoryStatsStorage();

  @Test
  void trainingIsTheSameToTheBitWithAndWithoutPictures() {
    TwoLayers without = new TwoLayers();
    without.train();
    TwoLayers with = new TwoLayers();
    with.stack().network().setListeners(listener(with.stack().network()));
    with.train();
    assertThat(storage.listSessionIDs()).hasSize(3);
    assertThat(parameters(with)).containsExactly(parameters(without));
  }

  private static float[] parameters(TwoLayers network) {
    return network.stack().network().params().dup().data().asFloat();
  }

  @Test
  void aLayerThatHasTrainedIsShownAsItIsInTheEnd() {
    TwoLayers network = new TwoLayers();
    PictureListener listener = listener(network.stack().network());
    network.stack().network().setListeners(listener);
    network.train();
    listener.refresh();

    Tiles row = new Tiles(8, TwoLayers.HEIGHT, TwoLayers.WIDTH);
    INDArray corrupted = TwoLayers.examples().corrupted();
    Snapshot whole = snapshot("name");
    assertThat(whole.pictures().clean()).isEqualTo(row.png(TwoLayers.images().toDoubleMatrix()));
    assertThat(whole.pictures().corrupted()).isEqualTo(row.png(corrupted.toDoubleMatrix()));
    assertThat(whole.pictures().reconstructed())
        .isEqualTo(row.png(network.stack().reconstruct(corrupted).toDoubleMatrix()));
    assertThat(whole.progress().iteration()).isEqualTo(6);
    assertThat(snapshot("name_layer0").progress().iteration()).isEqualTo(4);
    assertThat(snapshot("name_layer0").pictures().reconstructed())
        .isNotEqualTo(whole.pictures().reconstructed());
  }

  @Test
  void filtersAreThoseOfTheInputInTheirOrder() {
    TwoLayers network = new TwoLayers();
    MultiLayerNetwork layers = network.stack().network();
    double[][] first = StackView.upTo(0, layers).filters(3);
    assertThat(first).hasDimensions(3, 6);
    assertThat(first[2]).isEqualTo(layers.getParam("0_W").getColumn(2).toDoubleVector());

    double[][] second = StackView.upTo(9, layers).filters(100);
    INDArray product = layers.getParam("0_W").mmul(layers.getParam("1_W"));
    assertThat(second).hasDimensions(4, 6);
    for (int i = 0; i < 4; i++) {
      assertThat(second[i]).containsExactly(product.getColumn(i).toDoubleVector(), within(1e-6));
    }
  }

  private PictureListener listener(MultiLayerNetwork network) {
    return new PictureListener(storage, "name", network, TwoLayers.examples());
  }

  private Snapshot snapshot(String session) {
    return (Snapshot) storage.getStaticInfo(session, Snapshot.TYPE, PictureListener.WORKER);
  }
}
