/** The formatter of the build: google-java-format over every Java file of the repository. */
@NullMarked
package dev.portcullis.format;

import org.jspecify.annotations.NullMarked;
