/**
 * Which files a command reads: arguments and folders to {@link
 * dev.portcullis.manifests.files.InputFile}s.
 *
 * <p>{@link dev.portcullis.manifests.files.InputSearch} finds them, {@link
 * dev.portcullis.manifests.files.IgnoreRules} says what a folder leaves out. Every command that
 * takes files or folders uses these.
 */
@NullMarked
package dev.portcullis.manifests.files;

import org.jspecify.annotations.NullMarked;
