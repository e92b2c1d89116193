/** An admission request to its answer, without I/O. */
package dev.portcullis.admission;
