/*
 * The calls as they arrive, each with verdict and reason. In a narrow window the rows are not laid out as a table; the
 * roles keep them one for screen readers.
 */

import { $, clock, el, keep, say } from './dom.js';

const SHOWN = 100;
let newest = null;

function who(call) {
  return [call.customer, call.email, call.partner && `via ${call.partner}`].filter(Boolean).join(', ');
}

function row(call) {
  const cells = {
    time: clock(call.at, true),
    vendor: call.vendor ?? 'none',
    about: [call.kind, call.sum].filter(Boolean).join(' '),
    call: `${call.method} ${call.path}`,
    status: String(call.status ?? 'none'),
    verdict: call.verdict,
    why: call.reason,
    who: who(call),
  };
  const tr = el('tr', newest !== null && call.id > newest ? 'new' : '');
  tr.setAttribute('role', 'row');
  for (const [name, text] of Object.entries(cells)) {
    const td = el('td', name === 'verdict' ? `verdict ${text}` : name, text);
    td.setAttribute('role', 'cell');
    tr.append(td);
  }
  tr.title = [call.clickId && `click ${call.clickId}`, call.emailHash && `e-mail SHA-256 ${call.emailHash}`].filter(Boolean).join('\n');
  return tr;
}

/** Announces new calls to screen readers in one sentence. */
function announce(calls) {
  if (newest === null) return;
  const fresh = calls.filter((call) => call.id > newest);
  if (!fresh.length) return;
  const { vendor, verdict, reason } = fresh[0];
  const last = `${vendor ?? 'no vendor'}, ${verdict}, ${reason}`;
  say($('#news'), fresh.length === 1 ? `New call: ${last}` : `${fresh.length} new calls, the last: ${last}`);
}

/** @param calls the newest first, filtered; @param last the highest id of all */
export function showCalls(calls, last, filtered) {
  announce(calls);
  keep($('#feed tbody'), calls.slice(0, SHOWN), (call) => call.id, row);
  newest = last;
  $('#feed').hidden = calls.length === 0;
  $('#empty').hidden = calls.length > 0;
  say($('#empty'), filtered
    ? 'None of the latest calls is of this vendor and partner. Calls that name no partner are shown for all partners only.'
    : 'No call yet. Follow one of the partner links above, then sign up on your site.');
}
