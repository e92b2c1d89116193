/** The {@code portcullis} command, one class a command. */
package dev.portcullis.cli;
