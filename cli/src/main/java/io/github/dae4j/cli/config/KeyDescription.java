package io.github.dae4j.cli.config;

/**
 * What is known of a key.
 *
 * @param path from the top, with [] for any element of a list
 * @param rule what its value must be
 * @param fallback the default as YAML, "required", or "left out" where there is none
 */
record KeyDescription(String path, String rule, String fallback) {}
