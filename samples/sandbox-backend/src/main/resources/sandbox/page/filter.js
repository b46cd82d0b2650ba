/* Which vendor, which partner and which time the page shows. The address keeps it, for a reload or a bookmark. */

import { $, offer } from './dom.js';

const form = $('#filter');
const { vendor, partner, span } = form.elements;
const asked = new URLSearchParams(location.search);
let wanted = { vendor: asked.get('vendor') ?? '', partner: asked.get('partner') ?? '' };
if ([...span.options].some((option) => option.value === asked.get('span'))) span.value = asked.get('span');

export const chosen = () => ({ vendor: vendor.value, partner: partner.value });

export function seriesQuery() {
  const [bucket, buckets] = span.value.split('/');
  return new URLSearchParams({ bucket, buckets, ...chosen() });
}

export const fits = (row) =>
  (!vendor.value || row.vendor === vendor.value) && (!partner.value || row.partner === partner.value);

/** Offers the vendors, and the partners of the chosen vendor. A partner that the vendor does not have is deselected. */
export function offerChoices(vendors, pairs) {
  offer(vendor, vendors);
  if (vendors.includes(wanted.vendor)) vendor.value = wanted.vendor;
  const codes = pairs.filter((pair) => !vendor.value || pair.vendor === vendor.value).map((pair) => pair.partner);
  offer(partner, [...new Set(codes)].sort());
  if (codes.includes(wanted.partner)) partner.value = wanted.partner;
  wanted = {};
  $('#all').hidden = !vendor.value && !partner.value;
}

export function onChange(show) {
  const changed = () => {
    const query = new URLSearchParams({ ...chosen(), span: span.value });
    history.replaceState(null, '', `?${query}`);
    show();
  };
  form.addEventListener('change', changed);
  form.addEventListener('submit', (event) => event.preventDefault());
  $('#all').addEventListener('click', () => {
    vendor.value = '';
    partner.value = '';
    vendor.focus();
    changed();
  });
}
