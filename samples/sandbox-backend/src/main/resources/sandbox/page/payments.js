/* The payment provider's account: what is in it, what can happen next, and which events have arrived where. */

import { $, clock, el, keep, plural, say } from './dom.js';

const EVERY = 1000;
let timer = 0;
let turn = 0;

async function ask(path, options) {
  const response = await fetch(path, { signal: AbortSignal.timeout(5000), ...options });
  if (!response.ok) {
    const refused = await response.json().catch(() => ({}));
    throw new Error(refused.error?.message ?? `${path}: ${response.status}`);
  }
  return response;
}

function money(units, currency) {
  const code = currency.toUpperCase();
  const { maximumFractionDigits: digits } = new Intl.NumberFormat('en', { style: 'currency', currency: code }).resolvedOptions();
  return `${(units / 10 ** digits).toFixed(digits)} ${code}`;
}

function button(label, path) {
  const node = el('button', '', label);
  node.type = 'button';
  node.addEventListener('click', () => act(path, { method: 'POST' }));
  return node;
}

/* A row that has changed is made anew, so that its buttons are those that fit now. */
function row(each) {
  const refunded = each.refunded ? `, ${money(each.refunded, each.currency)} given back` : '';
  const buttons = el('span', 'buttons', ...each.actions.map(({ label, path }) => button(label, path)));
  return el('li', each.kind,
    el('span', 'time', clock(each.created * 1000, true)),
    el('span', '', `${each.text}, ${each.status}${refunded}`),
    el('span', 'sum', money(each.amount, each.currency)),
    el('span', 'more', [each.customer ?? 'guest', each.id].join(' · ')),
    buttons);
}

function event(each) {
  const state = each.delivered ? 'delivered' : each.attempts ? 'failing' : '';
  const answer = each.attempts === 0 ? 'waits' : `${each.status ?? 'no answer'}, ${plural(each.attempts, 'attempt')}`;
  return el('li', '',
    el('span', 'time', clock(each.at, true)),
    el('span', 'type', each.type),
    el('span', `answer ${state}`, `${answer} `, button('again', `/sandbox/stripe/events/${each.id}/resend`)));
}

function show(account) {
  keep($('#rows'), account.rows, (each) => JSON.stringify(each), row);
  keep($('#events'), account.events, (each) => JSON.stringify(each), event);
  say($('#addresses'), account.addresses.length ? `Sent to ${account.addresses.join(', ')}` : 'No address to send them to: sandbox.stripe.webhook-urls');
  $('#none').hidden = account.rows.length > 0;
  say($('#held'), account.held ? `${plural(account.held, 'event')} held back` : '');
  const mode = $('#delivery select');
  if (document.activeElement !== mode) mode.value = account.mode;
}

async function refresh() {
  clearTimeout(timer);
  const own = ++turn;
  try {
    const account = await (await ask('/sandbox/stripe')).json();
    if (own === turn) show(account);
    say($('#state'), 'live');
    document.body.classList.remove('away');
  } catch (unreachable) {
    say($('#state'), 'The sandbox does not answer.');
    document.body.classList.add('away');
  }
  if (own === turn) timer = setTimeout(refresh, EVERY);
}

async function act(path, options) {
  try {
    await ask(path, options);
    say($('#refused'), '');
  } catch (refused) {
    say($('#refused'), refused.message);
  }
  await refresh();
}

const json = (method, body) => ({ method, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });

$('#purchase').addEventListener('submit', (submit) => {
  submit.preventDefault();
  const { journey, trial, means } = (submit.submitter ?? $('#purchase button')).dataset;
  const { amount, currency, client_reference_id: reference } = $('#purchase').elements;
  const { maximumFractionDigits: digits } =
    new Intl.NumberFormat('en', { style: 'currency', currency: currency.value }).resolvedOptions();
  act(`/sandbox/stripe/${journey}`, json('POST', {
    amount: Math.round(Number(amount.value) * 10 ** digits),
    currency: currency.value,
    client_reference_id: reference.value || null,
    trial_days: trial ? Number(trial) : null,
    means: means ?? null,
  }));
});

$('#delivery select').addEventListener('change', (change) =>
  act('/sandbox/stripe/delivery', json('PUT', { mode: change.target.value })));

refresh();
