/**
 * Listeners to training beyond those of Deeplearning4j. Any of DL4J's listeners works too; training
 * is fastest with those that look at nothing before a step has ended.
 */
package io.github.dae4j.listener;
