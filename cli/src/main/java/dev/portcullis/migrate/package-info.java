/**
 * Moves a cluster's rules from elsewhere to the Pod Security Standards.
 *
 * <p>{@link dev.portcullis.migrate.MigrationSources} gathers what manifests hold, {@link
 * dev.portcullis.migrate.Migration} decides, a {@link dev.portcullis.migrate.MigrationReport} is
 * what came out, and {@link dev.portcullis.migrate.MigrationText}, {@link
 * dev.portcullis.migrate.MigrationMarkdown} and {@link dev.portcullis.migrate.MigrationJson} tell
 * it. {@link dev.portcullis.migrate.LabelFiles} writes labels as manifests.
 */
@NullMarked
package dev.portcullis.migrate;

import org.jspecify.annotations.NullMarked;
