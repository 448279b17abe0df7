/**
 * {@link io.github.dae4j.report.ImageGrid} and {@link io.github.dae4j.report.Chart} write a picture
 * in one call; {@link io.github.dae4j.report.Page} writes an HTML file that needs nothing else. All
 * that is written looks the same in every locale.
 */
package io.github.dae4j.report;
