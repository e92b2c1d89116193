/**
 * The configuration of Pod Security: {@link dev.portcullis.admission.config.ConfigurationLoader}
 * reads, converts, completes and validates it, with the reference's words for every fault.
 */
@NullMarked
package dev.portcullis.admission.config;

import org.jspecify.annotations.NullMarked;
