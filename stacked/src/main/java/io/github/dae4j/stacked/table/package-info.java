/**
 * Tables of numbers, words and dates. {@link io.github.dae4j.stacked.table.Table} reads CSV,
 * queries and maps; {@link io.github.dae4j.stacked.table.TableModel} learns the rows and scores,
 * fills, encodes and predicts; {@link io.github.dae4j.stacked.table.TableSchema} turns rows into
 * features and back for a network of your own.
 */
package io.github.dae4j.stacked.table;
