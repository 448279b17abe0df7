/** Products, passes over rows and updates in the host's memory. Not for users. */
package io.github.dae4j.internal.compute;
