package io.github.dae4j.cli.config;

import io.github.dae4j.stacked.finetuning.FreezingSchedule;
import java.util.List;

/**
 * A stage of fine-tuning in which the lower layers do not train; after the last stage all do.
 *
 * @param below the lowest layer that trains, counted from 0 at the bottom
 * @param epochs of this stage; null, in the last one only, for all that are left
 */
public record FreezeConfiguration(int below, Integer epochs) {

  static final RecordForm<FreezeConfiguration> FORM =
      RecordForm.of(
          FreezeConfiguration.class,
          Key.required("below", NumberForm.whole(Interval.AT_LEAST_ONE)),
          Key.optional("epochs", NumberForm.whole(Interval.COUNT)));

  public FreezeConfiguration {
    FORM.check(below, epochs);
  }

  static FreezingSchedule schedule(List<FreezeConfiguration> stages) {
    FreezingSchedule schedule = FreezingSchedule.freezingBelow(stages.get(0).below());
    int epoch = 0;
    for (int i = 0; i < stages.size() && stages.get(i).epochs() != null; i++) {
      epoch = Math.addExact(epoch, stages.get(i).epochs());
      int next = i + 1 < stages.size() ? stages.get(i + 1).below() : 0;
      schedule = schedule.then(epoch, next);
    }
    return schedule;
  }
}
