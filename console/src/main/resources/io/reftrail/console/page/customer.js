/* The way of one customer. */

import { $, clock, el, keep, plural, say } from './dom.js';
import { act, confirmed, tell } from './console.js';

const form = $('#lookup');
const story = $('#story');
let looked = '';

/** Nothing is asked for until somebody looks a customer up. */
export async function openCustomer() {}

const WORDS = { GOOD: 'good', BAD: 'problem', WAITING: 'waits', NEUTRAL: '' };

function when(at) {
  const date = new Date(at);
  if (date.getTime() === 0) return 'before Reftrail';
  const year = date.getFullYear() === new Date().getFullYear() ? {} : { year: 'numeric' };
  return `${date.toLocaleDateString('en', { day: 'numeric', month: 'short', ...year })} ${clock(at, true)}`;
}

function show(reply) {
  story.hidden = false;
  say($('#summary'), reply.summary);
  $('#what').hidden = !reply.stored;
  const steps = reply.steps.map((step, at) => ({ ...step, at: step.at, place: at }));
  keep($('#events'), [], (step) => step.place);
  keep($('#events'), steps, (step) => step.place, (step) => {
    const time = el('time', '', when(step.at));
    time.dateTime = step.at;
    const text = el('p', '', step.text);
    if (WORDS[step.tone]) text.prepend(el('span', 'unseen', `${WORDS[step.tone]}: `));
    return el('li', step.tone.toLowerCase(), time, text);
  });
}

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  looked = form.customer.value;
  try {
    show(await act('customer', looked));
    $('#summary').focus();
  } catch (failed) {
    tell(failed.message);
  }
});

$('#forget').addEventListener('click', async () => {
  const text = 'All that is stored of this customer is erased: events, clicks and the first sign-in. Vendors keep what they have.'
    + ' A later sign-up under this id counts as a new customer.';
  if (!await confirmed('Forget this customer?', text, 'Forget')) return;
  try {
    const { done } = await act('forget', looked);
    tell(`${plural(done, 'entry').replace('entrys', 'entries')} erased.`);
    show(await act('customer', looked));
  } catch (failed) {
    tell(failed.message);
  }
});

$('#export').addEventListener('click', async () => {
  try {
    const stored = JSON.stringify(await act('export', looked), null, 2);
    const link = el('a');
    link.href = URL.createObjectURL(new Blob([stored], { type: 'application/json' }));
    link.download = 'customer.json';
    link.click();
    URL.revokeObjectURL(link.href);
    tell('All that is stored of this customer is in the file customer.json.');
  } catch (failed) {
    tell(failed.message);
  }
});
