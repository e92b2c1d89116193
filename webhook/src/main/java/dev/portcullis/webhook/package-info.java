/** The HTTPS server that the API server calls. */
package dev.portcullis.webhook;
