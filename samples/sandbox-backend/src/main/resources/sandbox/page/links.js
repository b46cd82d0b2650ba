/* The partner links, in one place: following one is where everything else on the page begins. */

import { $, el, keep } from './dom.js';

function link({ path, partner }) {
  const anchor = el('a', '', partner);
  Object.assign(anchor, { href: path, target: '_blank', rel: 'noopener', title: path });
  return el('li', '', anchor);
}

export function showLinks(links) {
  const vendors = [...new Set(links.map((each) => each.vendor))];
  keep($('#links'), vendors, String, (vendor) => {
    const name = el('span', 'name', vendor);
    const list = el('ul');
    list.setAttribute('aria-label', vendor);
    return el('li', '', name, list);
  }, (item, vendor) => keep(item.lastChild, links.filter((each) => each.vendor === vendor), (each) => each.path, link));
}
