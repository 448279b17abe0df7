/** Tables on the command line: how they are read, written, measured and shown. */
package io.github.dae4j.cli.table;
