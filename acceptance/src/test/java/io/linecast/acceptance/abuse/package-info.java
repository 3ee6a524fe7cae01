/** Every kind of abuse at every port, while others are served. */
@NullMarked
package io.linecast.acceptance.abuse;

import org.jspecify.annotations.NullMarked;
