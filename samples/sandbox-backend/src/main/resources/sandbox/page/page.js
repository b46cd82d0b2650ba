'use strict';

const $ = (selector) => document.querySelector(selector);
const json = async (path, options) => (await fetch(path, options)).json();

function el(tag, className, ...children) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  node.append(...children);
  return node;
}

function row(cellTag, values) {
  return el('tr', '', ...values.map((value) => el(cellTag, '', value)));
}

function stage(name, count, clicks) {
  const share = clicks ? Math.min(1, count / clicks) : 0;
  const bar = el('i');
  bar.style.width = `${share * 100}%`;
  const percent = name === 'Clicks' || !clicks ? '' : `${Math.round((count / clicks) * 100)} %`;
  return el('div', 'stage',
    el('span', '', name), el('div', 'track', bar), el('b', '', String(count), ' ', el('small', '', percent)));
}

function vendorCard(vendor, links, partners) {
  const rows = links.filter((link) => link.vendor === vendor.vendor).map((link) => {
    const known = partners.find((p) => p.vendor === link.vendor && p.partner === link.partner);
    const anchor = el('a', '', link.path);
    Object.assign(anchor, { href: link.path, target: '_blank', rel: 'noopener', title: `Click as a visitor sent by ${link.partner}` });
    return row('td', [anchor, ...['clicks', 'leads', 'sales'].map((key) => String(known ? known[key] : 0))]);
  });
  return el('article', '',
    el('h3', '', vendor.vendor),
    stage('Clicks', vendor.clicks, vendor.clicks),
    stage('Leads', vendor.leads, vendor.clicks),
    stage('Sales', vendor.sales, vendor.clicks),
    el('table', '',
      el('thead', '', row('th', ['Partner link', 'Clicks', 'Leads', 'Sales'])),
      el('tbody', '', ...rows)));
}

function callRow(call, fresh) {
  const who = [call.customer, call.email, call.partner && `via ${call.partner}`].filter(Boolean).join(', ');
  const cells = {
    time: new Date(call.at).toLocaleTimeString([], { hour12: false }),
    vendor: call.vendor || 'none',
    call: `${call.method} ${call.path}`,
    status: call.status === null ? 'none' : String(call.status),
    verdict: call.verdict,
    why: call.reason,
    who,
  };
  const tr = el('tr', fresh ? 'new' : '');
  for (const [name, text] of Object.entries(cells)) {
    tr.append(el('td', name === 'verdict' ? `verdict ${text}` : name, text));
  }
  if (call.clickId) tr.title = `click ${call.clickId}`;
  return tr;
}

let links = [];
let shownCalls = '';
let shownFaults = '';
let newest = Infinity;

async function showCalls() {
  const text = await (await fetch('/sandbox/calls?limit=200')).text();
  if (text === shownCalls) return;
  const [calls, funnel] = [JSON.parse(text), await json('/sandbox/funnel')];
  $('#vendors').replaceChildren(...funnel.vendors.map((vendor) => vendorCard(vendor, links, funnel.partners)));
  $('#feed tbody').replaceChildren(...calls.map((call) => callRow(call, call.id > newest)).reverse());
  $('#feed').hidden = calls.length === 0;
  $('#empty').hidden = calls.length > 0;
  newest = Math.max(0, ...calls.map((call) => call.id));
  shownCalls = text;
}

function describe(fault) {
  const what = { status: fault.status, hang: `hang for ${fault.seconds} s`, reset: 'drop the connection', html: 'HTML page' };
  return `${fault.vendor || 'any vendor'}: ${what[fault.kind]} × ${fault.count}`;
}

async function showFaults() {
  const text = await (await fetch('/sandbox/faults')).text();
  if (text === shownFaults) return;
  const clear = el('button', '', 'Clear and release');
  clear.onclick = () => fetch('/sandbox/faults', { method: 'DELETE' });
  const chips = JSON.parse(text).map((fault) => el('span', 'chip', describe(fault)));
  $('#pending').replaceChildren(...(chips.length ? chips : ['No fault is pending.']), clear);
  shownFaults = text;
}

$('#faults').addEventListener('submit', (event) => {
  event.preventDefault();
  const form = new FormData(event.target);
  const { kind, status, retryAfter, seconds } = event.submitter.dataset;
  const order = { vendor: form.get('vendor') || null, kind, count: Number(form.get('count')), retryAfter };
  if (status) order.status = Number(status);
  if (seconds) order.seconds = Number(seconds);
  fetch('/sandbox/faults', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(order) });
});
$('#reset').onclick = () => fetch('/sandbox/reset', { method: 'POST' });

async function poll() {
  try {
    if (!links.length) {
      links = await json('/sandbox/links');
      const names = [...new Set(links.map((link) => link.vendor))];
      $('#faults select').append(...names.map((name) => new Option(name)));
    }
    await Promise.all([showCalls(), showFaults()]);
    $('#state').textContent = 'live';
    $('#state').className = 'live';
  } catch (unreachable) {
    $('#state').textContent = 'not reachable';
    $('#state').className = '';
  }
  setTimeout(poll, 250);
}
poll();
