/**
 * Marginalized denoising autoencoders (Chen et al. 2012), fitted in closed form: as models of their
 * own and as a start for a layer of this library.
 */
package io.github.dae4j.stacked.marginalized;
