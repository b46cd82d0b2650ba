// Without a script, or on a site without a clipboard, the link is selected and copied by hand.
const link = document.getElementById('link');
const copy = document.getElementById('copy');
const copied = document.getElementById('copied');

if (navigator.clipboard) {
  copy.hidden = false;
  copy.addEventListener('click', async () => {
    link.select();
    let words = 'Copied.';
    try {
      await navigator.clipboard.writeText(link.value);
    } catch {
      words = 'Your browser does not let the page copy. The link is selected: copy it yourself.';
    }
    copied.textContent = words;
    copied.hidden = false;
  });
}
