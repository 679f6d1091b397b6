/** Who is here and what they are just doing: values that are neither ordered nor kept, over signals. */
@NullMarked
package dev.thalweg.presence;

import org.jspecify.annotations.NullMarked;
