/**
 * The controls of the Pod Security Standards, one a file; {@link
 * dev.portcullis.policy.checks.Checks} lists them.
 *
 * <p>Each file begins with its declaration: id, level, the versions at which the control changed. A
 * method {@code v1_N} is the control as of that version. The question whether a pod breaks it comes
 * first and allocates nothing; names, values, paths and the message are built behind it, when
 * somebody reads them.
 */
@NullMarked
package dev.portcullis.policy.checks;

import org.jspecify.annotations.NullMarked;
