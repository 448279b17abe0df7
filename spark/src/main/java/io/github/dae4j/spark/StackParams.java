package io.github.dae4j.spark;

import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleArrayParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.StringArrayParam;

/** The parameters of the estimator: where Spark finds, explains, copies and saves them. */
abstract class StackParams extends Estimator<StackedDenoisingAutoEncoderModel> {

  private static final long serialVersionUID = 1L;

  private final String uid;
  private final StringArrayParam inputCols;
  private final StringArrayParam columnTypes;
  private final Param<String> featuresCol;
  private final Param<String> labelCol;
  private final Param<String> validationCol;
  private final IntArrayParam layers;
  private final Param<String> corruption;
  private final Param<String> activation;
  private final Param<String> loss;
  private final BooleanParam tiedWeights;
  private final DoubleArrayParam emphasis;
  private final BooleanParam missingAllowed;
  private final Param<String> updater;
  private final DoubleParam learningRate;
  private final Param<String> configuration;
  private final IntArrayParam epochs;
  private final IntParam batchSize;
  private final IntParam patience;
  private final DoubleParam improvement;
  private final IntParam fineTuningEpochs;
  private final DoubleParam contamination;
  private final LongParam seed;
  private final IntParam partitions;
  private final IntParam roundsPerEpoch;
  private final DoubleParam blockMomentum;
  private final Param<String> storageLevel;
  private final Param<String> checkpointDirectory;
  private final Param<String> outputCol;
  private final Param<String> reconstructionCol;
  private final Param<String> errorCol;
  private final Param<String> anomalyCol;
  private final Param<String> reasonsCol;
  private final Param<String> predictionCol;
  private final Param<String> probabilityCol;

  StackParams(String uid) {
    this.uid = uid; // which parameters ask for
    columnTypes =
        new StringArrayParam(
            this,
            "columnTypes",
            "what input columns are, where the guess is wrong, as name=type: number, category, binary, date, text 32");
    inputCols =
        new StringArrayParam(
            this,
            "inputCols",
            "columns of numbers, words and dates that are the input; they are standardised and one-hot");
    featuresCol =
        new Param<>(
            this,
            "featuresCol",
            "column of vectors or arrays that is the input where inputCols is not set");
    labelCol =
        new Param<>(
            this,
            "labelCol",
            "column of the label for fine-tuning, null where unknown; empty for none");
    validationCol =
        new Param<>(
            this,
            "validationCol",
            "boolean column that is true for validation rows; empty for none");
    layers =
        new IntArrayParam(this, "layers", "the widths of the codes, from the bottom to the top");
    corruption =
        new Param<>(
            this,
            "corruption",
            "corruptions as a JSON array, one for all layers or one for each; empty for masking of 0.3, of tables swapping of 0.2");
    activation =
        new Param<>(
            this,
            "activation",
            "activation of the codes, as DL4J names it; empty for sigmoid, of tables relu");
    loss =
        new Param<>(
            this, "loss", "reconstruction loss of features: cross-entropy (in [0, 1]) or squared");
    tiedWeights =
        new BooleanParam(this, "tiedWeights", "whether decoders use their encoders' weights");
    emphasis =
        new DoubleArrayParam(
            this, "emphasis", "weights of the loss on corrupted and on untouched cells");
    missingAllowed =
        new BooleanParam(
            this,
            "missingAllowed",
            "whether NaN among features is a missing cell; of tables it always is");
    updater =
        new Param<>(this, "updater", "updater as DL4J's JSON; empty for SGD with learningRate");
    learningRate = new DoubleParam(this, "learningRate", "rate of SGD");
    configuration =
        new Param<>(
            this,
            "configuration",
            "a whole network as DL4J's JSON, in place of all settings above from layers on; empty for none");
    epochs =
        new IntArrayParam(
            this, "epochs", "epochs of pretraining, one for all layers or one for each");
    batchSize =
        new IntParam(
            this, "batchSize", "rows of a minibatch, as on one machine; workers have smaller ones");
    patience =
        new IntParam(
            this,
            "patience",
            "epochs without a better validation error that end a layer; 0 for all epochs");
    improvement =
        new DoubleParam(
            this,
            "improvement",
            "the share by which a validation error must be lower to count as better");
    fineTuningEpochs =
        new IntParam(this, "fineTuningEpochs", "epochs of fine-tuning, where there is a label");
    contamination =
        new DoubleParam(
            this, "contamination", "the share of training rows that counts as anomalies");
    seed = new LongParam(this, "seed", "seed of weights, orders and corruptions");
    partitions =
        new IntParam(
            this,
            "partitions",
            "workers: part of what is learnt; 0 for as many as the cluster runs at a time");
    roundsPerEpoch =
        new IntParam(
            this,
            "roundsPerEpoch",
            "averages in an epoch; 0 for 20 to 50, more with many workers or much memory, fewer with few rows");
    blockMomentum =
        new DoubleParam(
            this,
            "blockMomentum",
            "momentum of averages, in [0, 1); -1 for the rule P b (1 - momentum) = B");
    storageLevel =
        new Param<>(this, "storageLevel", "where rows and codes are kept on the cluster");
    checkpointDirectory =
        new Param<>(
            this,
            "checkpointDirectory",
            "folder of any Hadoop file system from which a training goes on; empty for none");
    outputCol = new Param<>(this, "outputCol", "column of the top code, a vector; empty for none");
    reconstructionCol =
        new Param<>(
            this,
            "reconstructionCol",
            "column of the reconstruction, a vector in the units of the features; empty for none");
    errorCol = new Param<>(this, "errorCol", "column of the reconstruction error; empty for none");
    anomalyCol = new Param<>(this, "anomalyCol", "column of the anomaly score; empty for none");
    reasonsCol =
        new Param<>(
            this,
            "reasonsCol",
            "column of the three inputs that an anomaly is due to: column, value, expected, contribution; empty for none");
    predictionCol =
        new Param<>(
            this,
            "predictionCol",
            "column of the predicted label, if the model was fine-tuned; empty for none");
    probabilityCol =
        new Param<>(
            this,
            "probabilityCol",
            "column of class probabilities, a vector, if it was fine-tuned on classes; empty for none");
  }

  /** Defaults come when all parameters are there: Spark looks for them once. */
  final void setDefaults() {
    setDefault(columnTypes, new String[0]);
    setDefault(featuresCol, "features");
    setDefault(labelCol, "");
    setDefault(validationCol, "");
    setDefault(layers, new int[] {500});
    setDefault(corruption, "");
    setDefault(activation, "");
    setDefault(loss, "cross-entropy");
    setDefault(tiedWeights, true);
    setDefault(emphasis, new double[] {1, 1});
    setDefault(missingAllowed, false);
    setDefault(updater, "");
    setDefault(learningRate, 0.1);
    setDefault(configuration, "");
    setDefault(epochs, new int[] {15});
    setDefault(batchSize, 20);
    setDefault(patience, 0);
    setDefault(improvement, 0.0);
    setDefault(fineTuningEpochs, 10);
    setDefault(contamination, 0.01);
    setDefault(seed, 1L);
    setDefault(partitions, 0);
    setDefault(roundsPerEpoch, 0);
    setDefault(blockMomentum, -1.0);
    setDefault(storageLevel, "MEMORY_AND_DISK");
    setDefault(checkpointDirectory, "");
    setDefault(outputCol, "code");
    setDefault(reconstructionCol, "");
    setDefault(errorCol, "");
    setDefault(anomalyCol, "");
    setDefault(reasonsCol, "");
    setDefault(predictionCol, "prediction");
    setDefault(probabilityCol, "");
  }

  @Override
  public String uid() {
    return uid;
  }

  public StringArrayParam columnTypes() {
    return columnTypes;
  }

  public StringArrayParam inputCols() {
    return inputCols;
  }

  public Param<String> featuresCol() {
    return featuresCol;
  }

  public Param<String> labelCol() {
    return labelCol;
  }

  public Param<String> validationCol() {
    return validationCol;
  }

  public IntArrayParam layers() {
    return layers;
  }

  public Param<String> corruption() {
    return corruption;
  }

  public Param<String> activation() {
    return activation;
  }

  public Param<String> loss() {
    return loss;
  }

  public BooleanParam tiedWeights() {
    return tiedWeights;
  }

  public DoubleArrayParam emphasis() {
    return emphasis;
  }

  public BooleanParam missingAllowed() {
    return missingAllowed;
  }

  public Param<String> updater() {
    return updater;
  }

  public DoubleParam learningRate() {
    return learningRate;
  }

  public Param<String> configuration() {
    return configuration;
  }

  public IntArrayParam epochs() {
    return epochs;
  }

  public IntParam batchSize() {
    return batchSize;
  }

  public IntParam patience() {
    return patience;
  }

  public DoubleParam improvement() {
    return improvement;
  }

  public IntParam fineTuningEpochs() {
    return fineTuningEpochs;
  }

  public DoubleParam contamination() {
    return contamination;
  }

  public LongParam seed() {
    return seed;
  }

  public IntParam partitions() {
    return partitions;
  }

  public IntParam roundsPerEpoch() {
    return roundsPerEpoch;
  }

  public DoubleParam blockMomentum() {
    return blockMomentum;
  }

  public Param<String> storageLevel() {
    return storageLevel;
  }

  public Param<String> checkpointDirectory() {
    return checkpointDirectory;
  }

  public Param<String> outputCol() {
    return outputCol;
  }

  public Param<String> reconstructionCol() {
    return reconstructionCol;
  }

  public Param<String> errorCol() {
    return errorCol;
  }

  public Param<String> anomalyCol() {
    return anomalyCol;
  }

  public Param<String> reasonsCol() {
    return reasonsCol;
  }

  public Param<String> predictionCol() {
    return predictionCol;
  }

  public Param<String> probabilityCol() {
    return probabilityCol;
  }
}
