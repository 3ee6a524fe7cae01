package io.linecast.server.web;

import java.util.function.Consumer;

/**
 * What all connections of a web port share. Immutable, but for the budget.
 *
 * @param routes what there is
 * @param protection which sites' pages are let in
 * @param reception finds out who a request is of
 * @param limits what a request may take
 * @param bodies what all bodies under way may take together
 * @param onRefused told the code of each request that was not done, on its loop
 * @param onTimeUp told the address of whoever has taken too long over a request that has begun, on
 *     its loop
 */
public record WebSite(
    Routes routes,
    SiteProtection protection,
    Reception reception,
    WebLimits limits,
    BodyBudget bodies,
    Consumer<String> onRefused,
    Consumer<Object> onTimeUp) {}
