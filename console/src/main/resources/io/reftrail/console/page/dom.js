/* Small pieces that all parts of the page use. Data becomes text, never markup. */

export const $ = (selector) => document.querySelector(selector);

export function el(tag, className, ...children) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  node.append(...children);
  return node;
}

/** Changes a text only if it differs, so that nothing flickers and nothing is announced twice. */
export function say(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/**
 * Makes the children of a node those of a list, one for each key. What is there already is kept and brought up to date,
 * so focus, selection and scroll position survive.
 */
export function keep(parent, items, key, create, update) {
  const old = new Map([...parent.children].filter((node) => node.dataset.key).map((node) => [node.dataset.key, node]));
  let place = [...parent.children].find((node) => node.dataset.key) ?? null;
  for (const item of items) {
    const name = String(key(item));
    let node = old.get(name);
    if (!node) {
      node = create(item);
      node.dataset.key = name;
    }
    old.delete(name);
    update?.(node, item);
    if (node === place) place = node.nextElementSibling;
    else parent.insertBefore(node, place);
  }
  old.forEach((node) => node.remove());
}

/** Offers these values in a select behind its first option, and keeps the choice. */
export function offer(select, values) {
  const known = [...select.options].slice(1).map((option) => option.value);
  if (JSON.stringify(known) === JSON.stringify(values)) return;
  const chosen = select.value;
  select.replaceChildren(select.options[0], ...values.map((value) => new Option(value)));
  select.value = values.includes(chosen) ? chosen : '';
}

export const clock = (at, seconds) =>
  new Date(at).toLocaleTimeString([], { hourCycle: 'h23', hour: '2-digit', minute: '2-digit', ...(seconds && { second: '2-digit' }) });

export const plural = (count, word) => `${count.toLocaleString('en')} ${word}${count === 1 ? '' : 's'}`;
