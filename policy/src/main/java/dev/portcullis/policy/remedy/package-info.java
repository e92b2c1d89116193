/**
 * What to change in a pod so that it passes, and what each change may cost.
 *
 * <p>{@link dev.portcullis.policy.remedy.Remedies} is the way in. There is one file for each check
 * that can be remedied; a check without one, and a case that only a person can judge, comes back as
 * {@link dev.portcullis.policy.remedy.Risk#DECISION} with the options there are.
 */
@NullMarked
package dev.portcullis.policy.remedy;

import org.jspecify.annotations.NullMarked;
