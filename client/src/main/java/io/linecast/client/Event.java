package io.linecast.client;

/**
 * What a listening client hears, in the channel's order: a line, or the news that lines will never
 * come. Immutable. Where the language has exhaustive switches, one over this type does not compile
 * without its {@link Gap}.
 */
public sealed interface Event permits Line, Gap {

  /** The numbering that its numbers belong to. */
  String epoch();

  /** Where hearing stands once this is dealt with. */
  Position after();
}
