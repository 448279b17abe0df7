package io.github.dae4j.spark;

import io.github.dae4j.corruption.Corruption;
import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import java.util.List;
import java.util.UUID;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.shade.jackson.core.JsonProcessingException;

/**
 * Trains a stacked denoising autoencoder (Vincent et al. 2010) on the rows of a Dataset, on all
 * machines of a cluster: layer after layer, in rounds of local steps with block momentum.
 *
 * <p>Input are the columns of {@link #inputCols}, which become features by a schema that the model
 * keeps, or the vectors of {@link #featuresCol}. The same rows and parameters give the same
 * weights, in whatever order rows come, on any number of machines; {@link #partitions} is a
 * parameter of what is learnt.
 */
public final class StackedDenoisingAutoEncoderEstimator extends StackParams implements MLWritable {

  private static final long serialVersionUID = 1L;

  private transient List<TrainingListener> listeners = List.of();

  /** With all parameters at their defaults. */
  public StackedDenoisingAutoEncoderEstimator() {
    this("sdae_" + UUID.randomUUID().toString().substring(0, 12));
  }

  /** The same, of a given uid, as Spark makes copies. */
  public StackedDenoisingAutoEncoderEstimator(String uid) {
    super(uid);
    setDefaults();
  }

  /**
   * Trains a model.
   *
   * @throws IllegalArgumentException naming parameter or column, and what is wrong with it, before
   *     anything is trained
   * @throws io.github.dae4j.stacked.pretraining.DivergedException if a loss is not finite
   */
  @Override
  public StackedDenoisingAutoEncoderModel fit(Dataset<?> rows) {
    transformSchema(rows.schema());
    return TaskFailures.told(() -> new StackFitting(this, rows, listeners).fit());
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return StackColumns.of(this).checked(schema, true);
  }

  @Override
  public StackedDenoisingAutoEncoderEstimator copy(ParamMap extra) {
    StackedDenoisingAutoEncoderEstimator copy = defaultCopy(extra);
    copy.listeners = listeners;
    return copy;
  }

  @Override
  public MLWriter write() {
    return new DefaultParamsWriter(this);
  }

  /** Reads what {@link #write} has written. */
  public static MLReader<StackedDenoisingAutoEncoderEstimator> read() {
    return new DefaultParamsReader<>();
  }

  public static StackedDenoisingAutoEncoderEstimator load(String path) {
    return read().load(path);
  }

  /**
   * Who is told of rounds and epochs, on the driver: an iteration is a round, its model a layer
   * with the averaged weights, or, in fine-tuning, the network. They are no parameter and are not
   * saved.
   */
  public StackedDenoisingAutoEncoderEstimator setListeners(TrainingListener... listeners) {
    this.listeners = List.of(listeners);
    return this;
  }

  public StackedDenoisingAutoEncoderEstimator setInputCols(String... value) {
    set(inputCols(), value);
    return this;
  }

  /** What input columns are, where the guess is wrong: {@code "zip=category", "notes=text 32"}. */
  public StackedDenoisingAutoEncoderEstimator setColumnTypes(String... value) {
    set(columnTypes(), value);
    return this;
  }

  public StackedDenoisingAutoEncoderEstimator setLayers(int... value) {
    set(layers(), value);
    return this;
  }

  /** One for all layers or one for each. */
  public StackedDenoisingAutoEncoderEstimator setCorruption(Corruption... value) {
    set(corruption(), json(value));
    return this;
  }

  /** The same as a JSON array. */
  public StackedDenoisingAutoEncoderEstimator setCorruption(String value) {
    set(corruption(), value);
    return this;
  }

  public StackedDenoisingAutoEncoderEstimator setActivation(Activation value) {
    set(activation(), value.name());
    return this;
  }

  public StackedDenoisingAutoEncoderEstimator setActivation(String value) {
    set(activation(), value);
    return this;
  }

  public StackedDenoisingAutoEncoderEstimator setEmphasis(double corrupted, double untouched) {
    set(emphasis(), new double[] {corrupted, untouched});
    return this;
  }

  public StackedDenoisingAutoEncoderEstimator setUpdater(IUpdater value) {
    set(updater(), json(value));
    return this;
  }

  public StackedDenoisingAutoEncoderEstimator setUpdater(String value) {
    set(updater(), value);
    return this;
  }

  /**
   * The layers of a stack that was built with any settings, in place of this estimator's; weights
   * are drawn anew, by the stack's seed.
   *
   * @throws IllegalArgumentException if it has a normalization, which belongs before this stage
   */
  public StackedDenoisingAutoEncoderEstimator setStack(StackedDenoisingAutoEncoder value) {
    if (value.normalization().isPresent()) {
      throw new IllegalArgumentException(
          "stack must have no normalization, got one; a stage of the pipeline before this one"
              + " scales its features");
    }
    set(configuration(), value.network().getLayerWiseConfigurations().toJson());
    return this;
  }

  public StackedDenoisingAutoEncoderEstimator setConfiguration(String value) {
    set(configuration(), value);
    return this;
  }

  public StackedDenoisingAutoEncoderEstimator setEpochs(int... value) {
    set(epochs(), value);
    return this;
  }

  public StackedDenoisingAutoEncoderEstimator setStorageLevel(String value) {
    StorageLevel.fromString(value);
    set(storageLevel(), value);
    return this;
  }

  public StackedDenoisingAutoEncoderEstimator setFeaturesCol(String value) {
    set(featuresCol(), value);
    return this;
  }

  public StackedDenoisingAutoEncoderEstimator setLabelCol(String value) {
    set(labelCol(), value);
    return this;
  }

  public StackedDenoisingAutoEncoderEstimator setValidationCol(String value) {
    set(validationCol(), value);
    return this;
  }

  public StackedDenoisingAutoEncoderEstimator setLoss(String value) {
    set(loss(), value);
    return this;
  }

  public StackedDenoisingAutoEncoderEstimator setTiedWeights(boolean value) {
    set(tiedWeights(), value);
    return this;
  }

  public StackedDenoisingAutoEncoderEstimator setMissingAllowed(boolean value) {
    set(missingAllowed(), value);
    return this;
  }

  public StackedDenoisingAutoEncoderEstimator setLearningRate(double value) {
    set(learningRate(), value);
    return this;
  }

  public StackedDenoisingAutoEncoderEstimator setBatchSize(int value) {
    set(batchSize(), value);
    return this;
  }

  public StackedDenoisingAutoEncoderEstimator setPatience(int value) {
    set(patience(), value);
    return this;
  }

  public StackedDenoisingAutoEncoderEstimator setImprovement(double value) {
    set(improvement(), value);
    return this;
  }

  public StackedDenoisingAutoEncoderEstimator setFineTuningEpochs(int value) {
    set(fineTuningEpochs(), value);
    return this;
  }

  public StackedDenoisingAutoEncoderEstimator setContamination(double value) {
    set(contamination(), value);
    return this;
  }

  public StackedDenoisingAutoEncoderEstimator setSeed(long value) {
    set(seed(), value);
    return this;
  }

  public StackedDenoisingAutoEncoderEstimator setPartitions(int value) {
    set(partitions(), value);
    return this;
  }

  public StackedDenoisingAutoEncoderEstimator setRoundsPerEpoch(int value) {
    set(roundsPerEpoch(), value);
    return this;
  }

  public StackedDenoisingAutoEncoderEstimator setBlockMomentum(double value) {
    set(blockMomentum(), value);
    return this;
  }

  public StackedDenoisingAutoEncoderEstimator setCheckpointDirectory(String value) {
    set(checkpointDirectory(), value);
    return this;
  }

  public StackedDenoisingAutoEncoderEstimator setOutputCol(String value) {
    set(outputCol(), value);
    return this;
  }

  public StackedDenoisingAutoEncoderEstimator setReconstructionCol(String value) {
    set(reconstructionCol(), value);
    return this;
  }

  public StackedDenoisingAutoEncoderEstimator setErrorCol(String value) {
    set(errorCol(), value);
    return this;
  }

  public StackedDenoisingAutoEncoderEstimator setAnomalyCol(String value) {
    set(anomalyCol(), value);
    return this;
  }

  public StackedDenoisingAutoEncoderEstimator setReasonsCol(String value) {
    set(reasonsCol(), value);
    return this;
  }

  public StackedDenoisingAutoEncoderEstimator setPredictionCol(String value) {
    set(predictionCol(), value);
    return this;
  }

  public StackedDenoisingAutoEncoderEstimator setProbabilityCol(String value) {
    set(probabilityCol(), value);
    return this;
  }

  /** As DL4J writes it. */
  private static String json(Object value) {
    try {
      return NeuralNetConfiguration.mapper().writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("cannot be written as JSON: " + value, e);
    }
  }
}
