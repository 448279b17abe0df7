package io.github.dae4j.internal.solver;

import java.util.Collection;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.OptimizationAlgorithm;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.optimize.Solver;
import org.deeplearning4j.optimize.api.ConvexOptimizer;
import org.deeplearning4j.optimize.api.TrainingListener;

/** DL4J's solver around a {@link DirectDescent}. */
public final class DirectSolver extends Solver {

  private final DirectDescent descent;

  private DirectSolver(DirectDescent descent) {
    this.descent = descent;
  }

  /** For a model; DL4J's own where something else than gradient descent is configured. */
  public static Solver of(
      Model model, NeuralNetConfiguration conf, Collection<TrainingListener> listeners) {
    boolean plain =
        conf.getOptimizationAlgo() == OptimizationAlgorithm.STOCHASTIC_GRADIENT_DESCENT
            && conf.getStepFunction() == null;
    return plain
        ? new DirectSolver(new DirectDescent(conf, listeners, model))
        : new Solver.Builder().configure(conf).listeners(listeners).model(model).build();
  }

  @Override
  public void optimize(LayerWorkspaceMgr workspaceMgr) {
    descent.optimize(workspaceMgr);
  }

  /** Makes the model's gradient what DL4J's is after a step; costs nothing the second time. */
  public static void completeGradient(Solver solver) {
    if (solver instanceof DirectSolver direct) {
      direct.descent.completeGradient();
    }
  }

  /** To be called before others than the solver write the model's gradient. */
  public static void forgetGradient(Solver solver) {
    if (solver instanceof DirectSolver direct) {
      direct.descent.forgetGradient();
    }
  }

  @Override
  public void initOptimizer() {}

  @Override
  public ConvexOptimizer getOptimizer() {
    return descent;
  }

  @Override
  public void setListeners(Collection<TrainingListener> listeners) {
    descent.setListeners(listeners);
  }
}
