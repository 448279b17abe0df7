package io.github.dae4j.benchmarks.jmh;

import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.memory.conf.WorkspaceConfiguration;
import org.nd4j.linalg.api.memory.enums.AllocationPolicy;
import org.nd4j.linalg.api.memory.enums.LearningPolicy;

/** A workspace that every step uses again, as the trainers have. */
final class StepAllocation {

  private static final WorkspaceConfiguration CONFIGURATION =
      WorkspaceConfiguration.builder()
          .initialSize(0)
          .policyLearning(LearningPolicy.FIRST_LOOP)
          .policyAllocation(AllocationPolicy.OVERALLOCATE)
          .build();

  private final LayerWorkspaceMgr manager =
      LayerWorkspaceMgr.builder()
          .defaultWorkspace("WS_BENCHMARK", CONFIGURATION)
          .with(ArrayType.RNN_FF_LOOP_WORKING_MEM, "WS_BENCHMARK_LOOP", CONFIGURATION)
          .build();

  LayerWorkspaceMgr manager() {
    return manager;
  }

  MemoryWorkspace open() {
    return manager.notifyScopeEntered(ArrayType.FF_WORKING_MEM);
  }
}
