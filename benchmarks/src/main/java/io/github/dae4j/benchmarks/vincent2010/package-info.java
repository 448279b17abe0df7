/** The classification problems of Vincent et al. (2010, table 3), trained by one recipe. */
package io.github.dae4j.benchmarks.vincent2010;
