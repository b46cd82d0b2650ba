/* Totals and rates: the tiles, and the table of vendors and partners. */

import { $, el, keep, say } from './dom.js';

const NONE = '–';
const title = (stage) => stage[0].toUpperCase() + stage.slice(1);
const sum = (rows, key) => rows.reduce((total, row) => total + row[key], 0);
const percent = (part, whole) => (whole ? `${((100 * part) / whole).toFixed(part && part * 10 < whole ? 1 : 0)} %` : NONE);

/**
 * A vendor that does not count a stage has no share in the rates to and from it; they would be lower or higher than
 * anybody's is. Who has no stages on record any more counts all.
 */
const STAGES = ['clicks', 'leads', 'sales'];
const RATES = [['Click to lead', 'clicks', 'leads'], ['Lead to sale', 'leads', 'sales'], ['Click to sale', 'clicks', 'sales']];

const counts = (known, row, stage) =>
  known.find((each) => each.vendor === row.vendor)?.counts.includes(stage.slice(0, -1)) ?? true;

function rate(rows, known, from, to) {
  const both = rows.filter((row) => counts(known, row, from) && counts(known, row, to));
  const without = rows.filter((row) => !both.includes(row) && (row[from] || row[to])).map((row) => row.vendor);
  return { part: sum(both, to), whole: sum(both, from), none: rows.length > 0 && !both.length, without };
}

function byVendor(rows) {
  const vendors = [...new Set(rows.map((row) => row.vendor))];
  return vendors.map((vendor) => {
    const own = rows.filter((row) => row.vendor === vendor);
    return { vendor, ...Object.fromEntries(STAGES.map((stage) => [stage, sum(own, stage)])) };
  });
}

function basis({ part, whole, none, without }, missing) {
  if (none) return `no ${missing} here`;
  return whole ? [`${part} of ${whole}`, without.length && `without ${without.join(', ')}`].filter(Boolean).join(', ') : '';
}

export function showTiles(rows, known) {
  const vendors = byVendor(rows);
  const absent = (stage) => vendors.length > 0 && !vendors.some((row) => counts(known, row, stage));
  const tiles = STAGES.map((stage) => [title(stage), absent(stage) ? NONE : String(sum(vendors, stage)),
    absent(stage) ? `${vendors[0].vendor} takes none` : '']);
  for (const [name, from, to] of RATES) {
    const found = rate(vendors, known, from, to);
    tiles.push([name, percent(found.part, found.whole), basis(found, absent(from) ? from : to)]);
  }
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

function fill(tr, row, known) {
  const figures = STAGES.map((stage) => (counts(known, row, stage) ? String(row[stage]) : NONE));
  const shares = RATES.map(([, from, to]) => {
    const { part, whole } = rate([row], known, from, to);
    return percent(part, whole);
  });
  [...figures, ...shares].forEach((text, i) => {
    const cell = tr.children[i + 1];
    say(cell, text);
    cell.classList.toggle('none', text === NONE || text === '0');
  });
}

export function showFunnel(rows, known) {
  keep($('#funnel'), byVendor(rows), (vendor) => vendor.vendor,
    (vendor) => {
      const head = line(vendor.vendor, 'rowgroup');
      head.className = 'vendor';
      return el('tbody', '', head);
    },
    (body, vendor) => {
      fill(body.firstElementChild, vendor, known);
      const partners = rows.filter((row) => row.vendor === vendor.vendor);
      keep(body, partners, (row) => row.partner, (row) => line(row.partner, 'row'),
        (tr, row) => fill(tr, row, known));
    });
}
