// The channel's last minutes as curves, drawn by uPlot on canvases. What a canvas shows is said in words below it.

import uPlot from '../webjars/uplot/dist/uPlot.esm.js';
import { bytes, duration, millis, rate } from './format.js';
import { extent } from './history.js';

const HEIGHT = 170;
const WORDS_EVERY_MILLIS = 10_000;

/** Where each chart goes, its figures with their names, and how its values read. */
const CHARTS = [
  { id: 'chart-lines', series: { linesPerSecond: 'Lines/s in' }, read: rate },
  { id: 'chart-deliveries', series: { deliveriesPerSecond: 'Deliveries/s out' }, read: rate },
  { id: 'chart-latency', series: { latencyP50: 'p50', latencyP99: 'p99', latencyMax: 'longest' }, read: millis },
  { id: 'chart-lag', series: { lagBytesMax: 'Furthest behind' }, read: bytes, base: 2 },
];

/** Told apart by more than their colours. */
const DASHES = [[], [7, 3], [2, 3]];

export class Charts {
  #drawn = [];

  constructor(history) {
    this.history = history;
    const sync = uPlot.sync('time');
    for (const chart of CHARTS) this.#drawn.push(new Chart(document.getElementById(chart.id), chart, sync.key));
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.#drawn.forEach(chart => chart.repaint()));
  }

  show(channelName) {
    for (const chart of this.#drawn) chart.show(this.history, channelName);
  }
}

/** One figure element: uPlot's canvas, and a caption that says the values at the pointer, or the last ones. */
class Chart {
  #wordsAt = -Infinity;
  #channelName = null;

  constructor(figure, { series, read, base = 10 }, syncKey) {
    this.figures = Object.keys(series);
    this.names = Object.values(series);
    this.read = read;
    this.place = figure.querySelector('.plot');
    this.words = figure.querySelector('.words');
    this.legend = figure.querySelector('.legend');
    this.values = this.names.map((name, at) => legendEntry(this.legend, name, at, this.names.length));
    this.plot = new uPlot(this.#options(base, syncKey), [[], ...this.figures.map(() => [])], this.place);
    new ResizeObserver(() => this.#fit()).observe(this.place);
  }

  show(history, channelName) {
    const columns = history.columns(channelName, this.figures);
    this.plot.setData(columns);
    this.#showValues();
    const now = performance.now();
    if (now - this.#wordsAt < WORDS_EVERY_MILLIS && channelName === this.#channelName) return;
    this.#wordsAt = now;
    this.#channelName = channelName;
    this.words.textContent = this.#describe(columns);
  }

  repaint() {
    this.plot.redraw(false, true);
  }

  #options(base, syncKey) {
    return {
      width: this.place.clientWidth || 300,
      height: HEIGHT,
      legend: { show: false },
      cursor: { sync: { key: syncKey, scales: ['x', null] }, drag: { x: false, y: false }, y: false },
      scales: { y: { range: (plot, low, high) => [0, high > 0 ? high * 1.1 : 1] } },
      series: [{}, ...this.names.map((name, at) => this.#series(name, at))],
      axes: [
        { ...axis(), size: 32, space: 70, values: (plot, times) => times.map(timeOfDay) },
        { ...axis(), size: 70, space: 30, ...(base === 2 ? { incrs: binarySteps() } : {}), values: (plot, ticks) => ticks.map(this.read) },
      ],
      hooks: { setCursor: [() => this.#showValues()] },
    };
  }

  #series(name, at) {
    return {
      label: name,
      stroke: () => color(`--series-${at + 1}`),
      width: 1.5,
      dash: DASHES[at],
      points: { show: false },
      spanGaps: false,
    };
  }

  #showValues() {
    const times = this.plot.data[0];
    const at = this.plot.cursor.idx ?? times.length - 1;
    this.values.forEach((value, series) => {
      value.textContent = this.read(this.plot.data[series + 1][at] ?? null);
    });
  }

  #describe([times, ...columns]) {
    const said = columns.map((column, at) => {
      const range = extent(column);
      if (range === null) return `${this.names[at]}: nothing known.`;
      return `${this.names[at]}: from ${this.read(range.low)} to ${this.read(range.high)}, now ${this.read(range.last)}.`;
    });
    const seconds = times.length === 0 ? 0 : Math.round(times.at(-1) - times[0]);
    return `In the last ${duration(seconds)}: ${said.join(' ')}`;
  }

  #fit() {
    const width = this.place.clientWidth;
    if (width > 0 && width !== this.plot.width) this.plot.setSize({ width, height: HEIGHT });
  }
}

function legendEntry(legend, name, at, many) {
  const entry = document.createElement('li');
  entry.className = many > 1 ? `key key-${at + 1}` : '';
  const value = document.createElement('b');
  entry.append(many > 1 ? `${name} ` : '', value);
  legend.append(entry);
  return value;
}

function axis() {
  return {
    stroke: () => color('--soft'),
    font: '12px system-ui, sans-serif',
    grid: { stroke: () => color('--rule'), width: 1 },
    ticks: { stroke: () => color('--rule'), width: 1, size: 4 },
  };
}

/** Bytes are counted in powers of two. */
function binarySteps() {
  return Array.from({ length: 44 }, (_, power) => 2 ** power);
}

function timeOfDay(seconds) {
  const time = new Date(seconds * 1000);
  const two = value => String(value).padStart(2, '0');
  return `${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}`;
}

function color(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}
