/** Images of the user's own on the command line: how they are trained on and shown. */
package io.github.dae4j.cli.images;
