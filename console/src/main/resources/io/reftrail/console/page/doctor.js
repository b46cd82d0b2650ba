/* What works, what does not, and what to write. */

import { $, el, keep, say } from './dom.js';
import { act, read, refresh, tell } from './console.js';

function line(finding) {
  return el('li', finding.works ? 'works' : 'fails', el('span', 'unseen', finding.works ? 'works: ' : 'does not work: '), finding.text);
}

function newKey(backend) {
  const button = el('button', '', 'Check the key');
  button.type = 'button';
  button.append(el('span', 'unseen', ` of ${backend}`));
  const result = el('p', 'result');
  button.addEventListener('click', async () => {
    button.disabled = true;
    try {
      const finding = await act('check', backend);
      result.className = `result ${finding.works ? 'works' : 'fails'}`;
      say(result, finding.text);
      tell(finding.text);
    } catch (failed) {
      tell(failed.message);
    }
    button.disabled = false;
  });
  return el('li', '', el('b', '', backend), button, result);
}

export async function showDoctor(current) {
  const reply = await read('doctor');
  if (!current()) return;
  const sorted = [...reply.findings].sort((one, other) => one.works - other.works);
  const shape = ({ text, works }) => `${works} ${text.replace(/\d+/g, '')}`;
  keep($('#findings'), sorted, shape, line, (node, finding) => {
    if (node.lastChild.data !== finding.text) node.lastChild.data = finding.text;
  });
  keep($('#keys'), reply.backends, (backend) => backend, newKey);
}

$('#again').addEventListener('click', refresh);
