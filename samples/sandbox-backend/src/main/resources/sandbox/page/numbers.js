/* Totals and rates: the tiles, and the table of vendors and partners. */

import { $, el, keep, say } from './dom.js';

const sum = (rows, key) => rows.reduce((total, row) => total + row[key], 0);
const percent = (part, whole) => (whole ? `${((100 * part) / whole).toFixed(part && part * 10 < whole ? 1 : 0)} %` : '–');

/**
 * A vendor with sales and no lead is one that takes no leads. It has no share in the rates to and from a lead; they would
 * be lower and higher than anybody's is.
 */
function summary(rows) {
  const without = rows.filter((row) => row.sales && !row.leads);
  const led = rows.filter((row) => !without.includes(row));
  return { clicks: sum(rows, 'clicks'), leads: sum(rows, 'leads'), sales: sum(rows, 'sales'),
    led: { clicks: sum(led, 'clicks'), sales: sum(led, 'sales') }, without: without.map((row) => row.vendor) };
}

function rates(total) {
  return [percent(total.leads, total.led.clicks), percent(total.led.sales, total.leads), percent(total.sales, total.clicks)];
}

function byVendor(rows) {
  const vendors = [...new Set(rows.map((row) => row.vendor))];
  return vendors.map((vendor) => {
    const own = rows.filter((row) => row.vendor === vendor);
    return { vendor, clicks: sum(own, 'clicks'), leads: sum(own, 'leads'), sales: sum(own, 'sales') };
  });
}

export function showTiles(rows) {
  const total = summary(byVendor(rows));
  const [lead, closed, sale] = rates(total);
  const note = total.without.length && total.leads ? `, without ${total.without.join(', ')}` : '';
  const tiles = [
    ['Clicks', String(total.clicks), ''], ['Leads', String(total.leads), ''], ['Sales', String(total.sales), ''],
    ['Click to lead', lead, total.led.clicks ? `${total.leads} of ${total.led.clicks}${note}` : ''],
    ['Lead to sale', closed, total.leads ? `${total.led.sales} of ${total.leads}${note}` : ''],
    ['Click to sale', sale, total.clicks ? `${total.sales} of ${total.clicks}` : ''],
  ];
  keep($('#tiles'), tiles, ([name]) => name,
    ([name]) => el('div', 'tile', el('dt', '', name), el('dd', 'figure'), el('dd', 'basis')),
    (tile, [, figure, basis]) => {
      say(tile.children[1], figure);
      say(tile.children[2], basis);
    });
}

function line(name, scope) {
  const head = el('th', '', name);
  head.scope = scope;
  return el('tr', '', head, ...Array.from({ length: 6 }, () => el('td')));
}

function fill(tr, row) {
  const total = summary([row]);
  [total.clicks, total.leads, total.sales, ...rates(total)].forEach((value, i) => say(tr.children[i + 1], String(value)));
}

function partnerLine(row) {
  if (!row.path) return line(el('span', '', row.partner), 'row');
  const anchor = el('a', '', row.partner);
  Object.assign(anchor, { href: row.path, target: '_blank', rel: 'noopener', title: row.path });
  return line(anchor, 'row');
}

export function showFunnel(rows) {
  keep($('#funnel'), byVendor(rows), (vendor) => vendor.vendor,
    (vendor) => {
      const head = line(vendor.vendor, 'rowgroup');
      head.className = 'vendor';
      return el('tbody', '', head);
    },
    (body, vendor) => {
      fill(body.firstElementChild, vendor);
      const partners = rows.filter((row) => row.vendor === vendor.vendor);
      keep(body, partners, (row) => `${row.path ?? ''} ${row.partner}`, partnerLine, fill);
    });
}
