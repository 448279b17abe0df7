/** What DL4J must be able to find by name; not for users. */
package io.github.dae4j.ui.internal;
