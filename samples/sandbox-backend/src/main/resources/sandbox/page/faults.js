/* Ordering trouble, and what of it is pending. */

import { $, el, keep, offer } from './dom.js';

const form = $('#faults');

function describe(fault) {
  const what = { status: fault.status, hang: `no answer for ${fault.seconds} s`, reset: 'a dropped connection', html: 'an HTML page' };
  return `${fault.vendor ?? 'any vendor'}: ${what[fault.kind]} × ${fault.count}`;
}

export function showFaults(faults, vendors) {
  offer(form.elements.vendor, vendors);
  keep($('#pending'), faults.map((fault, i) => [i, describe(fault)]), String, ([, text]) => el('li', '', text));
  $('#unbroken').hidden = faults.length > 0;
}

/** @param send makes a request, and shows what has come of it */
export function onOrder(send) {
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const { kind, status, retryAfter, seconds } = (event.submitter ?? form.querySelector('button')).dataset;
    const order = { vendor: form.elements.vendor.value || null, kind, count: Number(form.elements.count.value), retryAfter };
    if (status) order.status = Number(status);
    if (seconds) order.seconds = Number(seconds);
    send('/sandbox/faults', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(order) });
  });
  $('#clear').addEventListener('click', () => send('/sandbox/faults', { method: 'DELETE' }));
  $('#reset').addEventListener('click', () => send('/sandbox/reset', { method: 'POST' }));
}
