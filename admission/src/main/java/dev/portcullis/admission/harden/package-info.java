/**
 * Fills what pods leave unset with hardened values, before they are judged.
 *
 * <p>{@link dev.portcullis.admission.harden.Hardening} answers a request with a JSON Patch; {@link
 * dev.portcullis.admission.harden.HardenOrder} is what a namespace's labels ask for, on top of a
 * {@link dev.portcullis.admission.harden.HardenConfiguration}. Nothing here ever refuses a request.
 */
@NullMarked
package dev.portcullis.admission.harden;

import org.jspecify.annotations.NullMarked;
