/** The Pod Security Standards: levels, versions, checks and their verdicts. */
package dev.portcullis.policy;
