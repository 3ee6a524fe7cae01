package io.linecast.server.web;

/**
 * What all connections of a web port share. Immutable, but for the budget.
 *
 * @param routes what there is
 * @param protection who is let in
 * @param limits what a request may take
 * @param bodies what those of all requests may take together
 */
public record WebSite(
    Routes routes, SiteProtection protection, WebLimits limits, BodyBudget bodies) {}
