/** Remedies and hardening, on the generator's pods and under the reference. */
@NullMarked
package dev.portcullis.conformance.remedy;

import org.jspecify.annotations.NullMarked;
