package io.github.dae4j.examples.data;

/** Images to train on, others to choose by, and others to judge by. */
public record Digits(String name, ImageSet train, ImageSet validation, ImageSet test) {}
