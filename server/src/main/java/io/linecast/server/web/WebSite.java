package io.linecast.server.web;

/**
 * What all connections of a web port share. Immutable.
 *
 * @param routes what there is
 * @param protection who is let in
 * @param limits what a request may take
 */
public record WebSite(Routes routes, SiteProtection protection, WebLimits limits) {}
