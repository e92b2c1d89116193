/** Our answers against the reference implementation. */
package dev.portcullis.conformance;
