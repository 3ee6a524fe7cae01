/** Black-box tests of the live page, in a browser that no one looks at. */
@NullMarked
package io.linecast.acceptance.browser;

import org.jspecify.annotations.NullMarked;
