package io.github.dae4j.stacked.pretraining;

import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.memory.conf.WorkspaceConfiguration;
import org.nd4j.linalg.api.memory.enums.AllocationPolicy;
import org.nd4j.linalg.api.memory.enums.LearningPolicy;
import org.nd4j.linalg.api.memory.enums.ResetPolicy;
import org.nd4j.linalg.api.memory.enums.SpillPolicy;
import org.nd4j.linalg.factory.Nd4j;

/** The memory of a training step or a forward pass, used again by the next. */
final class StepWorkspace implements AutoCloseable {

  private static final String STEP = "WS_GREEDY_PRETRAINING";
  private static final String LOOP = "WS_GREEDY_PRETRAINING_LOOP";
  private static final WorkspaceConfiguration CONFIGURATION =
      WorkspaceConfiguration.builder()
          .initialSize(0)
          .overallocationLimit(0.02)
          .policyLearning(LearningPolicy.FIRST_LOOP)
          .policyReset(ResetPolicy.BLOCK_LEFT)
          .policySpill(SpillPolicy.REALLOCATE)
          .policyAllocation(AllocationPolicy.OVERALLOCATE)
          .build();

  private final LayerWorkspaceMgr manager;

  StepWorkspace(MultiLayerNetwork network) {
    boolean none =
        network.getLayerWiseConfigurations().getTrainingWorkspaceMode() == WorkspaceMode.NONE;
    manager =
        none
            ? LayerWorkspaceMgr.noWorkspaces()
            : LayerWorkspaceMgr.builder()
                .defaultWorkspace(STEP, CONFIGURATION)
                .with(ArrayType.RNN_FF_LOOP_WORKING_MEM, LOOP, CONFIGURATION)
                .build();
    manager.setHelperWorkspacePointers(network.getHelperWorkspaces());
  }

  LayerWorkspaceMgr manager() {
    return manager;
  }

  /** Opens it: until it is closed, arrays of this thread are made in it. */
  MemoryWorkspace open() {
    return manager.notifyScopeEntered(ArrayType.FF_WORKING_MEM);
  }

  /** Gives the memory back. */
  @Override
  public void close() {
    for (String name : new String[] {STEP, LOOP}) {
      if (Nd4j.getWorkspaceManager().checkIfWorkspaceExists(name)) {
        Nd4j.getWorkspaceManager()
            .destroyWorkspace(
                Nd4j.getWorkspaceManager().getWorkspaceForCurrentThread(CONFIGURATION, name));
      }
    }
  }
}
