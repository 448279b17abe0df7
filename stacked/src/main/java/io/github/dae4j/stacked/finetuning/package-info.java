/**
 * Fine-tuning by backpropagation. {@code FineTuner} trains a network on labels, or an unrolled
 * stack on reconstruction, with patience, freezing, dropout and a joint denoising loss.
 */
package io.github.dae4j.stacked.finetuning;
