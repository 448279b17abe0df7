package io.github.dae4j.stacked.ladder;

import io.github.dae4j.stacked.internal.Learner;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.shade.jackson.databind.node.ArrayNode;
import org.nd4j.shade.jackson.databind.node.ObjectNode;

/**
 * Denoising at every level while few rows have labels: the ladder network of Rasmus et al. (2015),
 * as the objective of a {@code FineTuner}.
 *
 * <p>Level 0 is the input, level L the output. A corrupted pass with Gaussian noise at each level
 * tells the labels; a decoder estimates each level from the corrupted one and from the level above,
 * and the cost is the distance of the estimate from what a clean pass has there. Between weights
 * and noise each level is normalized over the minibatch, unlabelled and labelled rows apart. With a
 * weight at the top alone it is the paper's Gamma model.
 *
 * <p>Training leaves an ordinary network: normalization by the running means and variances of the
 * unlabelled rows becomes part of weights and biases.
 */
public final class Ladder {

  /** The weights of the paper for 100 labels of MNIST: levels 0 and 1, then all others. */
  private static final List<Double> DEFAULT_WEIGHTS = List.of(1000.0, 10.0, 0.1);

  private final List<Double> noise;
  private final List<Double> weights;
  private final Combinator combinator;
  private final double decay;
  private final long seed;

  private Ladder(Builder builder) {
    noise = builder.noise;
    weights = builder.weights;
    combinator = builder.combinator;
    decay = builder.decay;
    seed = builder.seed;
  }

  /** How a unit's estimate comes of its corrupted z and of u, which the level above says of it. */
  public enum Combinator {
    /**
     * (z - m(u)) v(u) + m(u), where m and v are each a sigmoid and a line: 10 parameters, best in
     * the paper.
     */
    GAUSSIAN(0, 1, 0, 0, 0, 0, 1, 0, 0, 0) {
      @Override
      void apply(double[] z, double[] u, double[] p, int n, int w, double[] estimate) {
        Combination.gaussian(z, u, p, n, w, estimate);
      }

      @Override
      void backprop(double[] z, double[] u, double[] p, double[] g, int n, int w, double[] dp) {
        Combination.gaussianBackprop(z, u, p, g, n, w, dp);
      }
    },

    /** A line and a sigmoid, both of z, u and z u: 9 parameters (Pezeshki et al. 2016). */
    MIXED(0, 1, 0, 0, 1, 0, 1, 0, 0) {
      @Override
      void apply(double[] z, double[] u, double[] p, int n, int w, double[] estimate) {
        Combination.mixed(z, u, p, n, w, estimate);
      }

      @Override
      void backprop(double[] z, double[] u, double[] p, double[] g, int n, int w, double[] dp) {
        Combination.mixedBackprop(z, u, p, g, n, w, dp);
      }
    };

    private final double[] initial;

    Combinator(double... initial) {
      this.initial = initial;
    }

    int count() {
      return initial.length;
    }

    double[] initial() {
      return initial;
    }

    abstract void apply(double[] z, double[] u, double[] p, int n, int w, double[] estimate);

    /** g is dL/d estimate; z and u become their derivatives, dp gets those of the parameters. */
    abstract void backprop(
        double[] z, double[] u, double[] p, double[] g, int n, int w, double[] dp);
  }

  /** A listener of the network that implements it is told what each minibatch cost. */
  public interface CostListener {

    /**
     * Called after each step, before {@code iterationDone}.
     *
     * @param supervised the mean cross-entropy of the labelled rows, in nats
     * @param denoising of each level, the mean square over rows and units, before it is weighted; 0
     *     where the weight is 0
     */
    void onCosts(Model model, double supervised, double[] denoising);
  }

  /**
   * What trains a network by it.
   *
   * @param updater null for Adam at 0.002
   * @throws IllegalArgumentException if the network is none that it can train
   * @hidden for FineTuner, whose learners are internal
   */
  public Learner learner(MultiLayerNetwork network, IUpdater updater, int epochs) {
    return new LadderLearner(this, network, updater, epochs);
  }

  /**
   * That a network can be trained by it.
   *
   * @param network initialised
   * @throws IllegalArgumentException naming the layer that does not suit
   */
  public void requireSuits(MultiLayerNetwork network) {
    LadderLayers.shape(this, network);
  }

  /** All settings that decide what is learnt, as JSON. */
  public String toJson() {
    ObjectNode json = NeuralNetConfiguration.mapper().createObjectNode();
    add(json.putArray("noise"), noise);
    add(json.putArray("weights"), weights);
    return json.put("combinator", combinator.name())
        .put("decay", decay)
        .put("seed", seed)
        .toString();
  }

  private static void add(ArrayNode array, List<Double> numbers) {
    numbers.forEach(array::add);
  }

  /** The shape on a network of so many units a level. */
  LadderShape shape(int[] widths, Units[] units) {
    return new LadderShape(
        widths,
        units,
        spread("noise", noise, widths.length),
        spread("weights", weights, widths.length),
        combinator);
  }

  /** The last number stands for all levels above, too. */
  private static double[] spread(String which, List<Double> numbers, int levels) {
    if (numbers.size() > levels) {
      throw new IllegalArgumentException(
          "Ladder %s must be at most %d numbers, for the input and %d layers, got %d"
              .formatted(which, levels, levels - 1, numbers.size()));
    }
    double[] all = new double[levels];
    Arrays.setAll(all, level -> numbers.get(Math.min(level, numbers.size() - 1)));
    return all;
  }

  double decay() {
    return decay;
  }

  long seed() {
    return seed;
  }

  /** Builds a {@link Ladder}; all settings have defaults, those of the paper for 100 labels. */
  public static final class Builder {

    private List<Double> noise = List.of(0.3);
    private List<Double> weights = DEFAULT_WEIGHTS;
    private Combinator combinator = Combinator.GAUSSIAN;
    private double decay = 1 / 3.0;
    private long seed = 1;

    /**
     * The standard deviation of the noise at each level from the input up; the last number stands
     * for all levels above, too. 0.3 by default.
     */
    public Builder noise(double... noise) {
      this.noise = numbers("noise", noise);
      return this;
    }

    /**
     * The weights of the denoising costs from the input up, one of them > 0; the last number stands
     * for all levels above, too. 1000, 10, 0.1 by default.
     */
    public Builder weights(double... weights) {
      this.weights = numbers("weights", weights);
      if (this.weights.stream().allMatch(weight -> weight == 0)) {
        throw new IllegalArgumentException("Ladder weights must have one > 0, got " + this.weights);
      }
      return this;
    }

    /** The Gamma model: a cost at the top level alone, of a network of so many layers. */
    public Builder topOnly(double weight, int layers) {
      double[] all = new double[layers + 1];
      all[layers] = weight;
      return weights(all);
    }

    /** {@link Combinator#GAUSSIAN} by default. */
    public Builder combinator(Combinator combinator) {
      this.combinator = Objects.requireNonNull(combinator, "Ladder combinator must not be null");
      return this;
    }

    /**
     * The share of the epochs, at their end, in which the learning rate falls linearly to 0; a
     * third by default. Where patience ends first, the fall begins then, and training ends after so
     * many more epochs that it has this share of all.
     */
    public Builder decay(double share) {
      if (!(share >= 0 && share < 1)) {
        throw new IllegalArgumentException("Ladder decay must be in [0, 1), got " + share);
      }
      decay = share;
      return this;
    }

    /** Of noise and of the decoder's first weights; 1 by default. */
    public Builder seed(long seed) {
      this.seed = seed;
      return this;
    }

    public Ladder build() {
      return new Ladder(this);
    }

    private static List<Double> numbers(String which, double[] numbers) {
      if (numbers.length == 0) {
        throw new IllegalArgumentException("Ladder %s must have one number".formatted(which));
      }
      for (double number : numbers) {
        if (!(number >= 0 && number < Double.POSITIVE_INFINITY)) {
          throw new IllegalArgumentException(
              "Ladder %s must be in [0, infinity), got %s".formatted(which, number));
        }
      }
      return Arrays.stream(numbers).boxed().toList();
    }
  }
}
