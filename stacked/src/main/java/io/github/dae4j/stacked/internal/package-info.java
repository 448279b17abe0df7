/** What the packages of the module share; not for users, and no promise is made about it. */
package io.github.dae4j.stacked.internal;
