package io.github.dae4j.internal.solver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.deeplearning4j.nn.api.OptimizationAlgorithm;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.stepfunctions.NegativeDefaultStepFunction;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.Solver;
import org.deeplearning4j.optimize.api.ConvexOptimizer;
import org.deeplearning4j.optimize.solvers.LBFGS;
import org.deeplearning4j.optimize.solvers.StochasticGradientDescent;
import org.junit.jupiter.api.Test;

class DirectSolverTest {

  @Test
  void isForPlainGradientDescent() {
    Solver solver = solver(new NeuralNetConfiguration.Builder());
    assertThat(solver).isInstanceOf(DirectSolver.class);
    solver.initOptimizer();
    ConvexOptimizer optimizer = solver.getOptimizer();
    assertThat(optimizer).isInstanceOf(DirectDescent.class).isSameAs(solver.getOptimizer());
  }

  @Test
  void leavesOtherAlgorithmsToDl4j() {
    Solver solver =
        solver(new NeuralNetConfiguration.Builder().optimizationAlgo(OptimizationAlgorithm.LBFGS));
    assertThat(solver.getOptimizer()).isExactlyInstanceOf(LBFGS.class);
  }

  @Test
  void leavesOtherStepsToDl4j() {
    MultiLayerNetwork network = network(new NeuralNetConfiguration.Builder());
    network.conf().setStepFunction(new NegativeDefaultStepFunction());
    Solver solver = DirectSolver.of(network, network.conf(), List.of());
    assertThat(solver.getOptimizer()).isExactlyInstanceOf(StochasticGradientDescent.class);
  }

  private static Solver solver(NeuralNetConfiguration.Builder settings) {
    MultiLayerNetwork network = network(settings);
    return DirectSolver.of(network, network.conf(), List.of());
  }

  private static MultiLayerNetwork network(NeuralNetConfiguration.Builder settings) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            settings.list().layer(new OutputLayer.Builder().nIn(2).nOut(2).build()).build());
    network.init();
    return network;
  }
}
