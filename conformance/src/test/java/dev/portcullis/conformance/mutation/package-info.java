/**
 * Faults planted into the checks by machine, each of which generated pods must notice.
 *
 * <p>{@link dev.portcullis.conformance.mutation.Faults} derives them: for every revision of every
 * check a wrong answer, a wrong word, and a pod of which the rule does not see, or mistakes, one
 * thing; for the set of checks a wrong version, override, level or order. {@link
 * dev.portcullis.conformance.mutation.Reads} says what each revision reads, and so which faults
 * change nothing by construction; those must not be told from the original.
 */
package dev.portcullis.conformance.mutation;
