/** What the tests of this module share. */
@NullMarked
package dev.portcullis.testing;

import org.jspecify.annotations.NullMarked;
