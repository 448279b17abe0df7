/**
 * DL4J's gradient descent by shorter ways, and the decision where they are taken. Not for users.
 */
package io.github.dae4j.internal.solver;
