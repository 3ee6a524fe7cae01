@NullMarked
package io.linecast.server.web;

import org.jspecify.annotations.NullMarked;
