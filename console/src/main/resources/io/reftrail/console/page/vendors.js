/* The vendors with their queues, the dead events, and the leads that policies hold or have declined. */

import { $, clock, el, keep, plural, say } from './dom.js';
import { act, confirmed, read, refresh, tell } from './console.js';

const STATES = { RUNNING: 'running', PAUSED: 'paused', PAUSED_FOR_CREDENTIALS: 'key refused' };

/** The classes that colour a verdict; an attempt that ended without an answer is a fault. */
const TONE = { recorded: 'recorded', duplicate: 'duplicate', ignored: 'ignored', rejected: 'rejected', retry: 'fault', pause: 'fault' };

export function time(at) {
  const date = new Date(at);
  const today = date.toDateString() === new Date().toDateString();
  return today ? clock(at, true) : `${date.toLocaleDateString('en', { day: 'numeric', month: 'short' })} ${clock(at)}`;
}

function span(seconds) {
  if (seconds < 90) return `${seconds} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  return seconds < 172800 ? `${Math.round(seconds / 3600)} h` : `${Math.round(seconds / 86400)} days`;
}

async function does(button, name, subject, done) {
  button.disabled = true;
  try {
    const answer = await act(name, subject);
    tell(done(answer.done));
  } catch (failed) {
    tell(failed.message);
  }
  button.disabled = false;
  refresh();
}

function button(text, className, action) {
  const node = el('button', className, text);
  node.type = 'button';
  node.addEventListener('click', () => action(node));
  return node;
}

function newVendor(vendor) {
  const head = el('div', 'bar', el('h2', '', vendor.name), el('p', 'pill'));
  const facts = el('dl', 'facts');
  const replay = button('', 'replay', (node) => does(node, 'replay-all', vendor.name, (done) => `${plural(done, 'event')} of ${vendor.name} replayed.`));
  const resume = button('Send a probe now', 'resume', (node) =>
    does(node, 'resume', vendor.name, () => `${vendor.name}: the pause ends on all nodes within 10 seconds.`));
  const table = el('table', 'calls');
  table.append(el('caption', '', 'Last calls'), el('tbody'));
  const release = button('', 'release', (node) => does(node, 'release-all', vendor.name, (done) => `${plural(done, 'held lead')} of ${vendor.name} released.`));
  return el('li', 'card vendor', head, el('ul', 'pauses'), facts, el('div', 'buttons', resume, replay, release), table);
}

function fillVendor(node, vendor, nodes) {
  const [head, pauses, facts, buttons, table] = node.children;
  const pill = head.lastChild;
  pill.dataset.state = vendor.state;
  say(pill, STATES[vendor.state] ?? vendor.state);
  keep(pauses, vendor.pauses, (pause) => pause.node, () => el('li'), (item, pause) =>
    say(item, `${nodes.length > 1 ? `${pause.node}: ` : ''}until ${time(pause.until)}, ${pause.reason}`));
  keep(facts, [
    ['Waiting', vendor.waiting.toLocaleString('en')],
    ['Oldest', vendor.waiting ? span(vendor.oldestSeconds) : '–'],
    ['Dead', vendor.dead.toLocaleString('en')],
    ['Held', vendor.held.toLocaleString('en')],
    ['Limit', vendor.limit ?? 'none'],
  ], ([name]) => name, ([name]) => el('div', '', el('dt', '', name), el('dd')), (item, [, value]) => say(item.lastChild, value));
  const [resume, replay, release] = buttons.children;
  resume.hidden = vendor.state === 'RUNNING';
  replay.hidden = !vendor.dead;
  say(replay, `Replay ${plural(vendor.dead, 'dead event')}`);
  release.hidden = !vendor.held;
  say(release, `Release ${plural(vendor.held, 'held lead')}`);
  table.hidden = !vendor.calls.length;
  keep(table.tBodies[0], vendor.calls, ({ node: by, call }) => `${by} ${call.at} ${call.event}`, ({ node: by, call }) => {
    const verdict = el('td', `verdict ${TONE[call.verdict] ?? ''}`, call.verdict);
    const why = call.reason === call.verdict ? '' : call.reason;
    return el('tr', '', el('td', 'time', time(call.at)), el('td', '', call.event), verdict,
      el('td', 'reason', nodes.length > 1 ? `${why} (${by})` : why), el('td', 'millis', `${call.millis} ms`));
  });
}

function newDead(dead) {
  return el('li', '',
    el('span', 'time', time(dead.occurredAt)), el('b', '', dead.backend), el('span', 'reason', `${dead.reason}, after ${plural(dead.attempts, 'attempt')}`),
    el('span', 'buttons',
      button('Replay', '', (node) => does(node, 'replay', dead.id, (done) => (done ? 'The event is sent again.' : 'The event is not dead any more.'))),
      button('Discard', 'danger', async (node) => {
        if (await confirmed('Discard the event?', `It is removed and will never reach ${dead.backend}. Its customer is not reported again.`, 'Discard')) {
          does(node, 'discard', dead.id, (done) => (done ? 'The event is discarded.' : 'The event is not dead any more.'));
        }
      })));
}

function newWithheld(lead) {
  const who = `customer ${lead.customer ?? 'of a later release'}, ${lead.partner ? `partner ${lead.partner}` : 'partner unknown'}`;
  return el('li', '',
    el('span', 'time', time(lead.occurredAt)), el('b', '', lead.backend),
    el('span', 'reason', `${lead.held ? 'held' : 'declined'}: ${lead.reason} (${who})`),
    el('span', 'buttons',
      button('Release', '', (node) => does(node, 'release', lead.id, (done) => (done ? 'The lead is sent now.' : 'The lead is not withheld any more.'))),
      button('Discard', 'danger', async (node) => {
        if (await confirmed('Discard the lead?', `It will never reach ${lead.backend}, and neither will the customer's sales. This cannot be undone.`, 'Discard')) {
          does(node, 'decline', lead.id, (done) => (done ? 'The lead is discarded.' : 'The lead is not withheld any more.'));
        }
      })));
}

export async function showVendors(current) {
  const reply = await read('vendors');
  if (!current()) return;
  say($('#nodes'), reply.nodes.length === 1 ? `One node: ${reply.nodes[0]}.` : `${reply.nodes.length} nodes: ${reply.nodes.join(', ')}.`);
  keep($('#cards'), reply.vendors, (vendor) => vendor.name, newVendor, (node, vendor) => fillVendor(node, vendor, reply.nodes));
  keep($('#withheld'), reply.withheld, (lead) => lead.id, newWithheld);
  $('#withheld-card').hidden = !reply.withheld.length;
  keep($('#dead'), reply.dead, (dead) => dead.id, newDead);
  $('#nothing-dead').hidden = reply.dead.length > 0;
}
