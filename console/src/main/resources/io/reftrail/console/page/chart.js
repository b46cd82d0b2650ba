/*
 * The chart: one strip of bars for each stage, over the same time. It is read with the pointer, with the arrow keys, or
 * as a table below it.
 */

import { $, clock, el, keep, plural, say } from './dom.js';

const SVG = 'http://www.w3.org/2000/svg';
const STAGES = ['clicks', 'leads', 'sales'];
const chart = $('#chart');
let buckets = [];
let length = '';
let name = clock;
let picked = null;

function svg(tag, className, attributes) {
  const node = document.createElementNS(SVG, tag);
  node.setAttribute('class', className);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  return node;
}

function strip(stage) {
  const plot = svg('svg', 'plot', { 'aria-hidden': 'true' });
  plot.append(svg('rect', 'pick', { y: 0, height: '100%', width: 0 }), svg('line', 'base', { x1: 0, x2: '100%', y1: '100%', y2: '100%' }));
  return el('div', `strip ${stage}`, el('span', 'name', stage), el('span', 'most'), plot);
}

/** The top of a strip: the most there is, but a single event does not fill it. */
const top = (stage) => Math.max(2, ...buckets.map((bucket) => bucket[stage]));

function draw(strip, stage) {
  const most = top(stage);
  const width = 100 / buckets.length;
  say(strip.querySelector('.most'), String(most));
  const plot = strip.querySelector('svg');
  const bars = buckets.map((bucket, i) => ({ i, share: (100 * bucket[stage]) / most }));
  keep(plot, bars, (bar) => bar.i, () => svg('rect', 'value', { rx: 1.5 }), (rect, { i, share }) => {
    rect.setAttribute('x', `${(i + 0.14) * width}%`);
    rect.setAttribute('width', `${0.72 * width}%`);
    rect.setAttribute('y', `${100 - share}%`);
    rect.setAttribute('height', `${share}%`);
  });
  const pick = plot.querySelector('.pick');
  pick.setAttribute('x', `${(picked ?? 0) * width}%`);
  pick.setAttribute('width', picked === null ? 0 : `${width}%`);
}

const counts = (of) => STAGES.map((stage) => plural(of[stage], stage.slice(0, -1))).join(', ');

function read() {
  if (!buckets.length) return;
  const total = Object.fromEntries(STAGES.map((stage) => [stage, buckets.reduce((sum, bucket) => sum + bucket[stage], 0)]));
  const bucket = buckets[picked];
  const text = bucket
    ? `From ${name(bucket.at)}: ${counts(bucket)}`
    : `Since ${name(buckets[0].at)}: ${counts(total)}`;
  say($('#readout'), text);
  chart.setAttribute('aria-valuemax', buckets.length);
  chart.setAttribute('aria-valuenow', (picked ?? buckets.length - 1) + 1);
  chart.setAttribute('aria-valuetext', text);
}

function redraw() {
  keep(chart, STAGES, (stage) => stage, strip, draw);
  read();
}

function pick(index) {
  picked = index === null ? null : Math.min(buckets.length - 1, Math.max(0, index));
  redraw();
}

/** @param label makes the name of a time; its hour and minute by default */
export function showSeries(series, label = clock) {
  name = label;
  if (series.bucket !== length) picked = null;
  if (picked !== null && buckets.length) {
    const same = series.buckets.findIndex((bucket) => bucket.at === buckets[picked].at);
    picked = same < 0 ? null : same;
  }
  buckets = series.buckets;
  length = series.bucket;
  redraw();
  keep($('#values tbody'), [...buckets].reverse(), (bucket) => bucket.at, (bucket) => {
    const from = el('th', '', name(bucket.at));
    from.scope = 'row';
    return el('tr', '', from, ...STAGES.map(() => el('td')));
  }, (tr, bucket) => STAGES.forEach((stage, i) => say(tr.children[i + 1], String(bucket[stage]))));
}

chart.addEventListener('pointermove', (event) => {
  const area = chart.querySelector('svg')?.getBoundingClientRect();
  if (area) pick(Math.floor(((event.clientX - area.left) / area.width) * buckets.length));
});
chart.addEventListener('pointerleave', () => pick(null));
chart.addEventListener('blur', () => pick(null));
chart.addEventListener('focus', () => { if (picked === null && buckets.length) pick(buckets.length - 1); });
chart.addEventListener('keydown', (event) => {
  const from = picked ?? buckets.length - 1;
  const to = { ArrowLeft: from - 1, ArrowRight: from + 1, ArrowDown: from - 1, ArrowUp: from + 1,
    Home: 0, End: buckets.length - 1, Escape: null }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  pick(to);
});
