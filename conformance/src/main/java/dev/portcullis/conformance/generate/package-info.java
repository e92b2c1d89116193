/**
 * Questions out of a seed.
 *
 * <p>{@link dev.portcullis.conformance.generate.Dice} is the only source of chance; one is made for
 * each case from seed, kind and index, so that cases can be made in any order and on any thread,
 * and each can be made again. A {@link dev.portcullis.conformance.generate.Mood} says how odd the
 * things of one case are: a pod in which every field is thrown anew breaks every rule at once and
 * shows nothing, so most pods are nearly clean.
 */
@NullMarked
package dev.portcullis.conformance.generate;

import org.jspecify.annotations.NullMarked;
