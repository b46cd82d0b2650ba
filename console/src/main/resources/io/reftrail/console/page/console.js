/* The tabs, and how the page asks and acts. What is not shown is not asked for. */

import { $, clock, say } from './dom.js';
import { showFunnel } from './funnel.js';
import { showVendors } from './vendors.js';
import { openCustomer } from './customer.js';
import { showDoctor } from './doctor.js';

const EVERY = 5000;
const meta = (name) => $(`meta[name="${name}"]`).content;
const folder = meta('folder');
const tabs = [...document.querySelectorAll('[role=tab]')];
const panels = { funnel: showFunnel, vendors: showVendors, customer: openCustomer, doctor: showDoctor };
let shown = '';
let timer = 0;
let turn = 0;
let seen = null;

async function ask(path, options) {
  const response = await fetch(`${folder}/${path}`, { signal: AbortSignal.timeout(20000), ...options });
  if (response.status === 401 || response.status === 403) throw new Error('Reload the page and sign in again.');
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(answer.error ?? `The answer has status ${response.status}.`);
  return answer;
}

/** Reads data. */
export const read = (name, query = {}) => ask(`data/${name}?${new URLSearchParams(query)}`);

/** Does something. The header says that this page does it; the token is what Spring Security asks for. */
export function act(name, subject) {
  const headers = { 'Content-Type': 'application/json', 'X-Reftrail-Console': '1' };
  if (meta('token')) headers[meta('token-header')] = meta('token');
  return ask(name, { method: 'POST', headers, body: JSON.stringify({ subject }) });
}

/** Says what came of an action, to the eye and to a screen reader. */
export function tell(text) {
  const news = $('#news');
  say(news, text);
  news.classList.add('on');
  clearTimeout(news.timer);
  news.timer = setTimeout(() => news.classList.remove('on'), 6000);
}

/** Asks before something that cannot be undone. */
export function confirmed(title, text, yes) {
  const dialog = $('#ask');
  say($('#ask-title'), title);
  say($('#ask-text'), text);
  say($('#ask-yes'), yes);
  dialog.returnValue = 'no';
  dialog.showModal();
  return new Promise((answer) => dialog.addEventListener('close', () => answer(dialog.returnValue === 'yes'), { once: true }));
}

function state(problem) {
  if (!problem) seen = Date.now();
  const old = seen ? ` What you see is from ${clock(seen, true)}.` : '';
  say($('#state'), problem ? problem + old : 'live');
  document.body.classList.toggle('away', Boolean(problem));
}

/** A later turn overtakes an earlier one, so an old answer never replaces a newer one. */
export async function refresh() {
  clearTimeout(timer);
  const own = ++turn;
  try {
    await panels[shown](() => own === turn);
    if (own === turn) state('');
  } catch (away) {
    if (own === turn) state(away instanceof TypeError || away.name === 'TimeoutError' ? 'The application does not answer.' : away.message);
  }
  if (own === turn && !document.hidden) timer = setTimeout(refresh, EVERY);
}

function choose(name, focus) {
  if (name === shown) return;
  shown = name;
  for (const tab of tabs) {
    const on = tab.getAttribute('aria-controls') === name;
    tab.setAttribute('aria-selected', on);
    tab.tabIndex = on ? 0 : -1;
    $(`#${tab.getAttribute('aria-controls')}`).hidden = !on;
    if (on && focus) tab.focus();
  }
  history.replaceState(null, '', `#${name}`);
  refresh();
}

tabs.forEach((tab, at) => {
  tab.addEventListener('click', () => choose(tab.getAttribute('aria-controls')));
  tab.addEventListener('keydown', (event) => {
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    choose(tabs[(to + tabs.length) % tabs.length].getAttribute('aria-controls'), true);
  });
});
document.addEventListener('visibilitychange', () => { if (!document.hidden) refresh(); });
addEventListener('hashchange', () => { if (panels[location.hash.slice(1)]) choose(location.hash.slice(1)); });
choose(panels[location.hash.slice(1)] ? location.hash.slice(1) : 'funnel');
