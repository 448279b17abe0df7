/**
 * Training in a browser: {@link io.github.dae4j.ui.TrainingPages} serves DL4J's training pages and
 * a page of filters and reconstructions to browsers on this machine. Give its listeners to the
 * network that trains.
 */
package io.github.dae4j.ui;
