/** Holds one name that picocli asks for; see the class. */
@NullMarked
package groovy.lang;

import org.jspecify.annotations.NullMarked;
