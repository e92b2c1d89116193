/** The programs that docs/java.md and the README show. */
@NullMarked
package dev.portcullis.docs;

import org.jspecify.annotations.NullMarked;
