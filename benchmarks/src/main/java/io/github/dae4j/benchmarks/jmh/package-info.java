/** What JMH measures: a training step, and the parts that it is made of. */
package io.github.dae4j.benchmarks.jmh;
