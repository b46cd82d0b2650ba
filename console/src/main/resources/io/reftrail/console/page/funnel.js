/* The funnel, the money and the chart. */

import { $, clock, el, keep, offer, say } from './dom.js';
import { showSeries } from './chart.js';
import { read, refresh } from './console.js';

const filter = $('#filter');
const number = (count) => count.toLocaleString('en');
const percent = (part, whole) => `${((100 * part) / whole).toFixed(part * 10 < whole ? 1 : 0)} %`;

/** Reasons that are in order: most visitors come without a partner. The others may be worth a look. */
const USUAL = ['crawler', 'not-a-visit', 'consent-refused', 'consent-pending', 'excluded', 'not-a-code', 'empty', 'no-click', 'already-reported',
  'no-request', 'no-customer', 'not-a-sign-in', 'incomplete', 'trigger-is-sign-up', 'duplicate', 'existing-customer', 'no-lead', 'no-amount', 'waiting', 'same-session', 'returned', 'repeated',
  'not-a-payment', 'trial-started', 'cancelled', 'click-counts'];
const LEFT = { Visits: 'not recorded', Landings: 'not captured', 'Sign-ins': 'not examined', Codes: 'not used', Leads: 'not stored', Delivered: 'not delivered',
  Payments: 'without a sale', Sales: 'not stored' };

function newStep(step) {
  const bar = el('div', 'share', el('span'));
  bar.setAttribute('aria-hidden', 'true');
  const why = el('details', 'why', el('summary'), el('ul', 'reasons'));
  const node = el('li', 'step', el('h2', '', step.title), el('p', 'figure'), el('p', 'of'), bar, el('p', 'rate'), why);
  node.dataset.step = step.title;
  return node;
}

function fillStep(node, { step, before, most }) {
  const [, figure, of, bar, rate, why] = node.children;
  say(figure, number(step.count));
  say(of, step.unit);
  bar.firstChild.style.width = `${most ? Math.max(step.count ? 0.6 : 0, (100 * step.count) / most) : 0}%`;
  say(rate, before?.count ? `${percent(step.count, before.count)} of ${before.title.toLowerCase()}` : '');
  const off = step.stopped.filter((reason) => reason.count);
  const reasons = [...step.passed.map((reason) => ({ ...reason, on: true })), ...off].filter((reason) => reason.count);
  why.hidden = !reasons.length;
  const left = off.filter((reason) => reason.reason !== 'waiting').reduce((sum, reason) => sum + reason.count, 0);
  say(why.firstChild, left ? `${number(left)} ${LEFT[step.title]}: ${off.slice(0, 3).map((reason) => reason.reason).join(', ')}` : 'Reasons');
  why.firstChild.classList.toggle('some', off.some((reason) => !USUAL.includes(reason.reason)));
  keep(why.lastChild, reasons, (reason) => reason.reason,
    (reason) => el('li', reason.on ? 'on' : USUAL.includes(reason.reason) ? 'usual' : 'off', el('b'), el('code', '', reason.reason), el('span', '', reason.meaning)),
    (item, reason) => say(item.firstChild, number(reason.count)));
}

function showMoney(reply) {
  $('#money-card').hidden = !reply.money.length && !reply.wholeRefunds;
  const worth = (amount, currency) => new Intl.NumberFormat('en', { style: 'currency', currency }).format(amount);
  keep($('#money'), reply.money, (each) => each.currency,
    () => el('div', 'sum', el('dt'), el('dd', 'figure'), el('dd', 'of')),
    (node, each) => {
      say(node.children[0], each.currency);
      say(node.children[1], worth(each.sold, each.currency));
      say(node.children[2], `${number(each.sales)} sales, ${worth(each.refunded, each.currency)} refunded in ${number(each.refunds)} refunds`);
    });
  say($('#whole'), reply.wholeRefunds
    ? `And ${number(reply.wholeRefunds)} refunds of a whole sale, whose amount the vendor knows.` : '');
}

const day = (at) => new Date(at).toLocaleDateString('en', { day: 'numeric', month: 'short' });
const LABELS = { hour: clock, day: clock, week: (at) => `${day(at)}, ${clock(at)}`, month: day, year: day };

export async function showFunnel(current) {
  const reply = await read('funnel', { range: filter.range.value, backend: filter.backend.value });
  if (!current()) return;
  offer(filter.backend, reply.backends);
  const most = Math.max(...reply.steps.map((step) => step.count));
  const chain = reply.steps.filter((step) => step.title !== 'Payments');
  const rows = reply.steps.map((step) => ({ step, before: chain[chain.indexOf(step) - 1], most }));
  keep($('#steps'), rows, (row) => row.step.title, (row) => newStep(row.step), fillStep);
  showMoney(reply);
  showSeries(
    { bucket: reply.seconds, buckets: reply.periods.map((period) => ({ at: period.from, ...period })) },
    LABELS[reply.range]);
}

filter.addEventListener('change', refresh);
