/** Benchmarks, named by task. */
package dev.portcullis.benchmarks;
