// What the charts draw: the last minutes of a channel's figures, as uPlot wants them, a column each.

/** The figures that are kept of a channel, in the order of the columns after the time. */
export const FIGURES = {
  linesPerSecond: channel => channel.linesPerSecond,
  deliveriesPerSecond: channel => channel.deliveriesPerSecond,
  latencyP50: channel => channel.deliveryLatencyMillis?.p50,
  latencyP99: channel => channel.deliveryLatencyMillis?.p99,
  latencyMax: channel => channel.deliveryLatencyMillis?.max,
  lagBytesMax: channel => channel.lagBytesMax,
};

/** Bounded in seconds and in channels; a pause longer than `breakSeconds` is a break in the curve. */
export class History {
  #channels = new Map();

  constructor({ seconds = 600, channels = 64, breakSeconds = 5 } = {}) {
    this.seconds = seconds;
    this.channels = channels;
    this.breakSeconds = breakSeconds;
  }

  add(atSeconds, channels) {
    for (const channel of channels.slice(0, this.channels)) {
      const points = this.#channels.get(channel.name) ?? [];
      this.#channels.set(channel.name, points);
      const last = points.at(-1);
      if (last && atSeconds - last.at > this.breakSeconds) points.push({ at: last.at + 1 });
      points.push(pointOf(atSeconds, channel));
      while (points[0].at < atSeconds - this.seconds) points.shift();
    }
    this.#forget(new Set(channels.map(channel => channel.name)));
  }

  /** `[times, values of the first figure, …]` */
  columns(name, figures) {
    const points = this.#channels.get(name) ?? [];
    return [points.map(point => point.at), ...figures.map(figure => points.map(point => point[figure] ?? null))];
  }

  #forget(present) {
    for (const name of this.#channels.keys()) if (!present.has(name)) this.#channels.delete(name);
  }
}

function pointOf(at, channel) {
  const point = { at };
  for (const [figure, valueOf] of Object.entries(FIGURES)) point[figure] = valueOf(channel);
  return point;
}

/** The known ones' lowest, highest and last, or null if nothing is known. */
export function extent(values) {
  const known = values.filter(value => value !== null && value !== undefined);
  if (known.length === 0) return null;
  return { low: Math.min(...known), high: Math.max(...known), last: known.at(-1) };
}
