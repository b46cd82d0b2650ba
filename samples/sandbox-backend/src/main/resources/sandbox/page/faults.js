/* Ordering trouble, and what of it is pending. */

import { $, el, keep, offer } from './dom.js';

const KINDS = ['click', 'lead', 'sale', 'refund', 'trial', 'cancellation', 'read'];
const form = $('#faults');
let known = [];

function describe(fault) {
  const what = { status: fault.status, hang: `no answer for ${fault.seconds} s`, reset: 'a dropped connection', html: 'an HTML page' };
  const target = [fault.vendor ?? 'any vendor', fault.endpoint].filter(Boolean).join(', ');
  return `${target}: ${what[fault.kind]} × ${fault.count}`;
}

/** Only what can happen can be ordered: the kinds of calls that the chosen vendor has. */
function offerKinds() {
  const vendor = form.elements.vendor.value;
  const has = known.filter((each) => !vendor || each.vendor === vendor).flatMap((each) => each.endpoints);
  offer(form.elements.endpoint, KINDS.filter((kind) => has.includes(kind)));
}

export function showFaults(faults, vendors) {
  known = vendors;
  offer(form.elements.vendor, vendors.map((each) => each.vendor));
  offerKinds();
  keep($('#pending'), faults.map((fault, i) => [i, describe(fault)]), String, ([, text]) => el('li', '', text));
  $('#unbroken').hidden = faults.length > 0;
}

/** @param send makes a request, and shows what has come of it */
export function onOrder(send) {
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const { kind, status, retryAfter, seconds } = (event.submitter ?? form.querySelector('button')).dataset;
    const { vendor, endpoint, count } = form.elements;
    const order = { vendor: vendor.value || null, endpoint: endpoint.value || null, kind, count: Number(count.value), retryAfter };
    if (status) order.status = Number(status);
    if (seconds) order.seconds = Number(seconds);
    send('/sandbox/faults', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(order) });
  });
  form.elements.vendor.addEventListener('change', offerKinds);
  $('#clear').addEventListener('click', () => send('/sandbox/faults', { method: 'DELETE' }));
  $('#reset').addEventListener('click', () => send('/sandbox/reset', { method: 'POST' }));
}
