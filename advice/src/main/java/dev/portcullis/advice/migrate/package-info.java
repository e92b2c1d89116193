/**
 * Moves a cluster's rules from elsewhere to the Pod Security Standards.
 *
 * <p>{@link dev.portcullis.advice.migrate.MigrationSources} gathers what manifests hold, {@link
 * dev.portcullis.advice.migrate.Migration} decides, a {@link
 * dev.portcullis.advice.migrate.MigrationReport} is what came out, and {@link
 * dev.portcullis.advice.migrate.MigrationText}, {@link
 * dev.portcullis.advice.migrate.MigrationMarkdown} and {@link
 * dev.portcullis.advice.migrate.MigrationJson} tell it. {@link
 * dev.portcullis.advice.migrate.LabelFiles} writes labels as manifests.
 */
@NullMarked
package dev.portcullis.advice.migrate;

import org.jspecify.annotations.NullMarked;
