/* Asks the sandbox once a second and shows what it says. */

import { $, clock, say } from './dom.js';
import { chosen, fits, offerChoices, onChange, seriesQuery } from './filter.js';
import { showFunnel, showTiles } from './numbers.js';
import { showLinks } from './links.js';
import { showSeries } from './chart.js';
import { showCalls } from './feed.js';
import { onOrder, showFaults } from './faults.js';

const EVERY = 1000;
let timer = 0;
let turn = 0;
let seen = null;

async function ask(path, options) {
  const response = await fetch(path, { signal: AbortSignal.timeout(5000), ...options });
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response;
}

const json = async (path) => (await ask(path)).json();

/** The partners that have links, and those that only have a past. */
function rowsOf(links, funnel) {
  const same = (a, b) => a.vendor === b.vendor && a.partner === b.partner;
  const none = { clicks: 0, leads: 0, sales: 0 };
  const linked = links.map((link) => ({ ...none, ...funnel.partners.find((row) => same(row, link)), ...link }));
  return linked.concat(funnel.partners.filter((row) => !links.some((link) => same(row, link))));
}

async function show(own) {
  const [known, links, funnel, faults, calls] = await Promise.all(
    ['/sandbox/vendors', '/sandbox/links', '/sandbox/funnel', '/sandbox/faults', '/sandbox/calls?limit=500'].map(json));
  if (own !== turn) return;
  const rows = rowsOf(links, funnel);
  offerChoices(known.map((each) => each.vendor), rows);
  const series = await json(`/sandbox/series?${seriesQuery()}`);
  if (own !== turn) return;
  const shown = rows.filter(fits);
  showLinks(links.filter(fits));
  showTiles(shown, known);
  showSeries(series);
  showFunnel(shown, known);
  showFaults(faults, known);
  const { vendor, partner } = chosen();
  showCalls(calls.filter(fits).reverse(), Math.max(0, ...calls.map((call) => call.id)), Boolean(vendor || partner));
}

function state(live) {
  if (live) seen = Date.now();
  say($('#state'), live ? 'live' : `The sandbox does not answer. ${seen ? `What you see is from ${clock(seen, true)}.` : ''}`);
  document.body.classList.toggle('away', !live);
}

/** A later turn overtakes an earlier one, so an old answer never replaces a newer one. */
async function refresh() {
  clearTimeout(timer);
  const own = ++turn;
  try {
    await show(own);
    if (own === turn) state(true);
  } catch (unreachable) {
    if (own === turn) state(false);
  }
  if (own === turn) timer = setTimeout(refresh, EVERY);
}

onChange(refresh);
onOrder((path, options) => ask(path, options).then(refresh, () => state(false)));
refresh();
