package io.github.dae4j.examples.data;

/** Digits to train on and others to look at. */
public record Digits(String name, ImageSet train, ImageSet test) {}
