/** The live cluster, behind the ports that admission owns. */
package dev.portcullis.cluster;
