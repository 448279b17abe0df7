package io.github.dae4j.stacked;

import io.github.dae4j.internal.compute.ReusedArrays;
import io.github.dae4j.layer.DenoisingAutoEncoderLayer;
import io.github.dae4j.layer.Imputation;
import io.github.dae4j.stacked.finetuning.FineTuner;
import io.github.dae4j.stacked.finetuning.FineTuningResult;
import io.github.dae4j.stacked.internal.Minibatches;
import io.github.dae4j.stacked.internal.ModelFile;
import io.github.dae4j.stacked.internal.NormalizedIterator;
import io.github.dae4j.stacked.internal.OnnxGraph;
import io.github.dae4j.stacked.pretraining.GreedyPretrainer;
import io.github.dae4j.stacked.pretraining.LayerPlan;
import io.github.dae4j.stacked.pretraining.LayerResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.deeplearning4j.nn.api.layers.IOutputLayer;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseRecurrentLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.ViewIterator;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.dataset.api.preprocessor.DataNormalization;

/**
 * A network of denoising autoencoders, with ordinary layers between and above them if wanted, seen
 * as one autoencoder: {@code x -> code -> z} (Vincent et al. 2010).
 *
 * <p>All inputs are in the user's units, as they were before {@link #normalization}; they are never
 * modified. Where DL4J's {@code InputType} lets a network take images [n, c, h, w], so do {@link
 * #pretrain}, {@link #encode} and {@link #predict}. Nothing is corrupted, results are detached from
 * workspaces, and many rows are computed minibatch by minibatch.
 *
 * <p>What it computes of rows it computes for any number of threads at once, each on its own and
 * with the same bits as alone: from parameters only, without a lock, for stacks on the CPU of
 * denoising autoencoders, dense and output layers, activations, dropout and batch normalization, in
 * FLOAT or DOUBLE and with activations and losses of DL4J. Others take turns. While {@link
 * #pretrain} or {@link #fineTune} trains the network, whoever asks in another thread, be it for a
 * copy or a file, gets an {@code IllegalStateException}.
 */
public final class StackedDenoisingAutoEncoder {

  private static final int BATCH = 20;

  private final PretrainableNetwork network;
  private final InputUnits units;
  private final Map<String, String> properties;
  private final CodePath path;
  private final ProbabilityRange range;
  private final ForwardPass forward;

  private StackedDenoisingAutoEncoder(
      PretrainableNetwork network,
      DataNormalization normalization,
      Map<String, String> properties) {
    required("network", network);
    this.properties = Map.copyOf(required("properties", properties));
    if (!network.isInitCalled()) {
      network.init();
    }
    this.network = network;
    path = new CodePath(network);
    range = ProbabilityRange.of(network);
    forward = new ForwardPass(network);
    units = units(network, normalization);
  }

  /**
   * Wraps a network, which is initialized if it was not; no copy is made.
   *
   * @throws IllegalArgumentException if it has no denoising autoencoder
   */
  public static StackedDenoisingAutoEncoder of(PretrainableNetwork network) {
    return new StackedDenoisingAutoEncoder(network, null, Map.of());
  }

  /**
   * Wraps a network and the normalization of its input.
   *
   * @param normalization fitted {@code NormalizerStandardize} or {@code NormalizerMinMaxScaler}, or
   *     {@code ImagePreProcessingScaler}; copied
   * @throws IllegalArgumentException if it is of another class or does not fit the network
   */
  public static StackedDenoisingAutoEncoder of(
      PretrainableNetwork network, DataNormalization normalization) {
    return new StackedDenoisingAutoEncoder(network, normalization, Map.of());
  }

  /**
   * Wraps a network, the normalization of its input and {@link #properties}.
   *
   * @param normalization null where the units are the same
   */
  public static StackedDenoisingAutoEncoder of(
      PretrainableNetwork network,
      DataNormalization normalization,
      Map<String, String> properties) {
    return new StackedDenoisingAutoEncoder(network, normalization, properties);
  }

  /** Starts a stack from the widths of the input and of each code: 784, 1000, 500. */
  public static StackBuilder builder(int nIn, int... codes) {
    return new StackBuilder(nIn, codes);
  }

  /**
   * A stack of its own, on a {@linkplain PretrainableNetwork#copyOf copy} of the network with the
   * same normalization and properties: neither changes the other.
   */
  public StackedDenoisingAutoEncoder copy() {
    return of(
        network.guard().use(() -> PretrainableNetwork.copyOf(network)),
        units.normalization(),
        properties);
  }

  /** The network itself, for those who train it, on minibatches that are {@link #normalized}. */
  public PretrainableNetwork network() {
    return network;
  }

  /** The index in the network of the topmost denoising autoencoder, whose code is the top code. */
  public int topLayer() {
    return path.top();
  }

  /** Whether NaN in the input is a missing cell, as {@link StackBuilder#missingAllowed} says. */
  public boolean isMissingAllowed() {
    return range.layer() != null && range.layer().isMissingAllowed();
  }

  /** A copy of what turns the user's units into those of the network's input. */
  public Optional<DataNormalization> normalization() {
    return Optional.ofNullable(units.copyOfNormalization());
  }

  /**
   * Words that are saved with it and mean nothing to the network: the names of classes, the size of
   * images.
   */
  public Map<String, String> properties() {
    return properties;
  }

  /**
   * Pretrains all layers, in place, on the rows of x [n, nIn] in the user's units, {@value #BATCH}
   * at a time, in another order in each epoch.
   *
   * @param epochs for each layer, at least 1
   */
  public List<LayerResult> pretrain(INDArray x, int epochs) {
    if (required("input", x).rank() < 2 || !x.dataType().isNumerical()) {
      throw new IllegalArgumentException(
          "StackedDenoisingAutoEncoder input must be numbers [examples, nIn], got %s %s"
              .formatted(x.dataType(), Arrays.toString(x.shape())));
    }
    GreedyPretrainer all = new GreedyPretrainer.Builder().plan(LayerPlan.ofEpochs(epochs)).build();
    INDArray rows = x.isView() ? x.dup() : x; // ViewIterator gives empty minibatches of columns
    return pretrain(all, new ViewIterator(new DataSet(rows, rows), BATCH));
  }

  /** Pretrains the layers that have a plan, in place, on minibatches in the user's units. */
  public List<LayerResult> pretrain(GreedyPretrainer pretrainer, DataSetIterator train) {
    return pretrain(pretrainer, train, null);
  }

  /**
   * The same, and measures the reconstruction error of a validation set, in the user's units as
   * well, after each epoch.
   *
   * @param validation null for none
   */
  public List<LayerResult> pretrain(
      GreedyPretrainer pretrainer, DataSetIterator train, DataSetIterator validation) {
    required("pretrainer", pretrainer);
    return network
        .guard()
        .train(
            () ->
                pretrainer.pretrain(
                    network,
                    normalized(train),
                    validation == null ? null : normalized(validation)));
  }

  /**
   * Fine-tunes the network, in place, on features in the user's units and labels, for all epochs of
   * the tuner.
   */
  public FineTuningResult fineTune(FineTuner tuner, DataSetIterator train) {
    return fineTune(tuner, train, null);
  }

  /**
   * The same, and keeps the parameters that validate best.
   *
   * @param validation null for none
   */
  public FineTuningResult fineTune(
      FineTuner tuner, DataSetIterator train, DataSetIterator validation) {
    required("tuner", tuner);
    return network
        .guard()
        .train(
            () ->
                tuner.fit(
                    network,
                    normalized(train),
                    validation == null ? null : normalized(validation)));
  }

  /**
   * Fine-tunes the network, in place, on all rows for as many epochs as cross-validation finds
   * best, up to those of the tuner ({@link FineTuner#fitCrossValidated}); minibatches have {@value
   * #BATCH} rows.
   *
   * @param rows features [n, nIn] in the user's units and labels [n, nOut], without masks
   * @param folds in [2, n]
   */
  public FineTuningResult fineTuneCrossValidated(
      FineTuner tuner, DataSet rows, int folds, long seed) {
    required("tuner", tuner);
    required("rows", rows);
    DataSet known =
        new DataSet(
            units.toNetwork(rows.getFeatures()),
            rows.getLabels(),
            rows.getFeaturesMaskArray(),
            rows.getLabelsMaskArray());
    return network.guard().train(() -> tuner.fitCrossValidated(network, known, folds, BATCH, seed));
  }

  /**
   * Minibatches in the user's units as the network takes them; their data stay as they are.
   *
   * @throws IllegalArgumentException if a preprocessor of theirs normalizes them as well
   */
  public DataSetIterator normalized(DataSetIterator minibatches) {
    required("minibatches", minibatches);
    return units.normalization() == null
        ? minibatches
        : new NormalizedIterator(minibatches, units.normalization());
  }

  /** The code of the topmost denoising autoencoder: x [n, nIn] -> [n, nOut]. */
  public INDArray encode(INDArray x) {
    return encode(x, path.top());
  }

  /**
   * The output of one layer of the network: x [n, nIn] -> [n, nOut of the layer].
   *
   * @param layer the index in the network, ordinary layers included, up to the top code's
   */
  public INDArray encode(INDArray x, int layer) {
    if (!(layer >= 0 && layer <= path.top())) {
      throw new IllegalArgumentException(
          "encode layer must be in [0, %d], got %d".formatted(path.top(), layer));
    }
    return map(x, input -> outputOf(layer, range.watched(input)));
  }

  /**
   * What the output layer gives for each row, class probabilities or values: x [n, nIn] -> [n,
   * nOut].
   *
   * @throws UnsupportedOperationException if the network has no output layer
   */
  public INDArray predict(INDArray x) {
    if (!(network.getOutputLayer() instanceof IOutputLayer)) {
      throw new UnsupportedOperationException(
          "predict needs an output layer above the top code, which StackBuilder.output gives");
    }
    return map(x, input -> outputOf(network.getnLayers() - 1, input));
  }

  /**
   * The way up through all encoders and down through all decoders: x [n, nIn] -> z [n, nIn], in the
   * user's units.
   *
   * @throws UnsupportedOperationException if a layer below the top code has no inverse
   */
  public INDArray reconstruct(INDArray x) {
    List<DenoisingAutoEncoderLayer> decoders = path.decoders();
    return map(
        x,
        input -> units.toUser(decoders.get(0).decode(bottomCode(range.watched(input), decoders))));
  }

  /** A copy of x whose missing cells are filled, in three iterations. */
  public INDArray impute(INDArray x) {
    return impute(x, Imputation.DEFAULT);
  }

  /**
   * A copy of x [n, nIn] whose missing cells, NaN, are filled by iterated reconstruction through
   * the whole stack, beginning with 0 in the network's units; the others stay as they are, bit for
   * bit.
   *
   * @throws UnsupportedOperationException if a layer below the top code has no inverse
   */
  public INDArray impute(INDArray x, int iterations) {
    return impute(x, new Imputation(iterations));
  }

  private INDArray impute(INDArray x, Imputation imputation) {
    List<DenoisingAutoEncoderLayer> decoders = path.decoders();
    UnaryOperator<INDArray> reconstruct =
        input -> decoders.get(0).expected(bottomCode(input, decoders));
    return use(
        x,
        rows -> {
          INDArray filled = imputation.of(units.toNetwork(rows), null, reconstruct);
          return Imputation.fill(rows, units.toUser(filled));
        });
  }

  /**
   * The error of {@link #reconstruct} for each row: x [n, nIn] -> [n].
   *
   * <p>It is the bottom layer's reconstruction loss, summed over features, between the normalized
   * input and its reconstruction through the whole stack. Under cross-entropy a value outside of
   * [0, 1] is scored as the nearer end, and {@value ProbabilityRange#ERROR_BEYOND} for each unit
   * beyond.
   */
  public INDArray reconstructionError(INDArray x) {
    List<DenoisingAutoEncoderLayer> decoders = path.decoders();
    return map(
        x,
        input -> {
          INDArray within = range.within(input);
          INDArray error = decoders.get(0).decodingError(within, bottomCode(within, decoders));
          return within == input
              ? error
              : error.addi(range.errorBeyond(input, within).sum(1).reshape(error.shape()));
        });
  }

  /**
   * The error of each cell, whose rows sum to {@link #reconstructionError}: x [n, nIn] -> [n, nIn].
   *
   * @throws UnsupportedOperationException if the bottom layer's loss is not a sum over features
   */
  public INDArray reconstructionErrorPerFeature(INDArray x) {
    List<DenoisingAutoEncoderLayer> decoders = path.decoders();
    return map(
        x,
        input -> {
          INDArray within = range.within(input);
          INDArray errors =
              decoders.get(0).decodingErrorPerFeature(within, bottomCode(within, decoders));
          return within == input ? errors : errors.addi(range.errorBeyond(input, within));
        });
  }

  /**
   * A variation of each row, by sampling down from its top code as in a sigmoid belief network
   * (Vincent et al. 2010, section 7): x [n, nIn] -> [n, nIn], in the user's units.
   *
   * <p>The top code is taken as it is, the units of each code below it are drawn as 0 or 1, and of
   * the visible units the means are returned; a single layer, with no code below the top, gives
   * {@link #reconstruct}.
   *
   * @param random the source of every draw: the same state gives the same samples; threads need one
   *     each
   * @throws UnsupportedOperationException if a code that is drawn is not a sigmoid's
   */
  public INDArray sample(INDArray x, Random random) {
    TopDownSampling sampling = new TopDownSampling(path.decoders(), random);
    int top = path.top();
    return map(x, input -> units.toUser(sampling.down(outputOf(top, input))));
  }

  /**
   * A network of DL4J's own layers, with dense layers for denoising autoencoders, that gives the
   * same output bit for bit and is read without this library.
   *
   * <p>Parameters are copied, the updater's state is not, and the normalization stays outside.
   */
  public MultiLayerNetwork toDenseNetwork() {
    return network.guard().use(() -> PlainExport.of(network));
  }

  /**
   * Writes an ONNX file, for programs in any language, whole or not at all: {@code x} [batch, nIn]
   * -> {@code code} [batch, nOut], {@code reconstruction} [batch, nIn] where every layer has an
   * inverse, and {@code prediction} where there is an output layer, all FLOAT and in the user's
   * units.
   *
   * <p>Under {@link io.github.dae4j.layer.MixedColumnsLoss} a reconstruction is what that loss
   * expects: probabilities of words, not pre-outputs.
   *
   * @throws UnsupportedOperationException naming a layer, a preprocessor or an activation that the
   *     export does not know
   * @throws IOException naming the file, which is then as it was before
   */
  public void exportOnnx(Path file) throws IOException {
    network
        .guard()
        .use(
            () -> {
              OnnxExport.write(file, network, units.normalization());
              return file;
            });
  }

  /**
   * Adds the stack to a graph: "code", and "reconstruction" and "prediction" as in {@link
   * #exportOnnx}, as values of the graph.
   *
   * @param x a value of the graph [batch, nIn]
   * @hidden for TableModel, whose graph has more than a stack
   */
  public Map<String, String> addTo(OnnxGraph graph, String x) {
    return network.guard().use(() -> OnnxExport.add(graph, network, units.normalization(), x));
  }

  /**
   * Writes network and normalization in the format of DL4J's {@code ModelSerializer}, whole or not
   * at all, into a folder that is there.
   *
   * @param saveUpdater whether training can go on from the file with the updater's state
   * @throws IOException naming the file, which is then as it was before
   */
  public void save(Path file, boolean saveUpdater) throws IOException {
    save(file, saveUpdater, null);
  }

  /**
   * The same with what another package keeps in the file.
   *
   * @param attachment null for nothing
   * @hidden for AnomalyDetector, whose file has more than a stack
   */
  public void save(Path file, boolean saveUpdater, byte[] attachment) throws IOException {
    network
        .guard()
        .use(
            () -> {
              ModelFile.write(
                  file, network, units.normalization(), properties, saveUpdater, attachment);
              return file;
            });
  }

  /**
   * Reads what {@link #save} has written.
   *
   * <p>No Java object is deserialized and no size is believed unchecked, but layers and corruptions
   * are of the classes that the configuration names, as in all of DL4J's files.
   *
   * @throws IOException naming the file and what is wrong with it
   */
  public static StackedDenoisingAutoEncoder load(Path file) throws IOException {
    return ModelFile.read(file, PretrainableNetwork::new, StackedDenoisingAutoEncoder::of);
  }

  private INDArray map(INDArray x, UnaryOperator<INDArray> computation) {
    return use(x, rows -> computation.apply(units.toNetwork(rows)));
  }

  private INDArray use(INDArray x, UnaryOperator<INDArray> computation) {
    required("input", x);
    if (forward.isKnown()) {
      return network.guard().use(() -> ReusedArrays.within(() -> Minibatches.map(x, computation)));
    }
    synchronized (network.guard()) {
      return network.guard().use(() -> ReusedArrays.without(() -> Minibatches.map(x, computation)));
    }
  }

  private INDArray outputOf(int layer, INDArray input) {
    INDArray output = forward.isKnown() ? forward.to(layer, input) : network.outputOf(layer, input);
    boolean isInput = output == input || output.data() == input.data(); // through dropout alone
    return isInput ? output.dup() : output;
  }

  /** The code of the bottom layer as the layers above it reconstruct it. */
  private INDArray bottomCode(INDArray input, List<DenoisingAutoEncoderLayer> decoders) {
    INDArray code = outputOf(path.top(), input);
    for (int i = decoders.size() - 1; i > 0; i--) {
      code = decoders.get(i).decode(code);
    }
    return code;
  }

  static <T> T required(String parameter, T value) {
    return Objects.requireNonNull(
        value, () -> "StackedDenoisingAutoEncoder " + parameter + " must not be null");
  }

  private static InputUnits units(PretrainableNetwork network, DataNormalization normalization) {
    MultiLayerConfiguration conf = network.getLayerWiseConfigurations();
    Layer first = conf.getConf(0).getLayer();
    boolean ofShapes = first instanceof ConvolutionLayer || first instanceof BaseRecurrentLayer;
    return new InputUnits(
        normalization,
        conf.getDataType(),
        first instanceof FeedForwardLayer layer && !ofShapes ? layer.getNIn() : 0,
        ofShapes || conf.getInputPreProcess(0) != null);
  }
}
