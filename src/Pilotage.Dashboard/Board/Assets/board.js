// Keeps a page up to date: hears which runs changed, asks the server for the page as it is now, and takes over what is new.
const body = document.body;

/** Tells charts which runs wrote: events of the type "written" with the runs' names. */
export const changes = new EventTarget();

const wait = 250;                       // several changes at once are one look
let source, timer, busy = false, again = false;

function listen() {
  if (source || document.hidden || body.dataset.live !== 'yes') return;
  source = new EventSource('/api/changes');
  source.addEventListener('beat', event => {
    say('');
    if (JSON.parse(event.data).revision > Number(body.dataset.revision)) refresh();
  });
  source.addEventListener('change', event => {
    const change = JSON.parse(event.data);
    if (change.metrics.length > 0) changes.dispatchEvent(new CustomEvent('written', { detail: change.metrics }));
    if (concerns(change)) refresh();
  });
  source.onerror = () => say('The dashboard does not answer. What you see is as it was.');
}

// A browser keeps few connections to one place: a page that nobody looks at gives its own back.
function rest() {
  source?.close();
  source = undefined;
}

function concerns(change) {
  const run = body.dataset.run;
  return run === '' || change.runs.includes(run) || change.metrics.includes(run);
}

function say(text) {
  const place = document.getElementById('connection');
  if (place && place.textContent !== text) place.textContent = text;
}

function refresh() {
  if (busy) { again = true; return; }
  clearTimeout(timer);
  timer = setTimeout(load, wait);
}

async function load() {
  busy = true;
  try {
    const reply = await fetch(location.href, { headers: { accept: 'text/html' } });
    if (reply.redirected) { location.reload(); return; }
    if (reply.ok || reply.status === 404) take(new DOMParser().parseFromString(await reply.text(), 'text/html'));
  } catch {
    say('The dashboard does not answer. What you see is as it was.');
  }
  busy = false;
  if (again) { again = false; refresh(); }
}

function take(page) {
  const ends = [...document.querySelectorAll('[data-bottom]')].filter(isAtEnd);
  for (const { name, value } of page.body.attributes) body.setAttribute(name, value);
  merge(document.querySelector('main'), page.querySelector('main'));
  dress();
  for (const end of ends) end.scrollTop = end.scrollHeight;
  changes.dispatchEvent(new Event('page'));
}

const isAtEnd = element => element.scrollTop + element.clientHeight >= element.scrollHeight - 4;

// Element by element, so that focus, selection, open folds and ticks stay where they are.
function merge(old, fresh) {
  if (old.nodeType !== fresh.nodeType || old.nodeName !== fresh.nodeName || old.dataset?.name !== fresh.dataset?.name) {
    old.replaceWith(document.importNode(fresh, true));
    return;
  }
  if (old.nodeType !== Node.ELEMENT_NODE) {
    if (old.nodeValue !== fresh.nodeValue) old.nodeValue = fresh.nodeValue;
    return;
  }
  if (old.hasAttribute('data-keep')) return;
  for (const { name } of [...old.attributes]) if (name !== 'open' && !fresh.hasAttribute(name)) old.removeAttribute(name);
  for (const { name, value } of fresh.attributes) if (name !== 'open' && old.getAttribute(name) !== value) old.setAttribute(name, value);
  if (old.matches('tbody') && fresh.querySelector(':scope > [data-name]')) arrange(old, fresh);
  const [before, after] = [[...old.childNodes], [...fresh.childNodes]];
  before.slice(after.length).forEach(node => node.remove());
  after.forEach((node, i) => (i < before.length ? merge(before[i], node) : old.append(document.importNode(node, true))));
}

// Rows are known by their run, so that a new one above does not turn all others into their neighbours.
function arrange(old, fresh) {
  const rows = new Map([...old.children].map(row => [row.dataset.name, row]));
  const wanted = [...fresh.children].map(row => rows.get(row.dataset.name) ?? document.importNode(row, true));
  const kept = new Set(wanted);
  for (const node of [...old.childNodes]) if (!kept.has(node)) node.remove();
  wanted.forEach((row, i) => { if (old.children[i] !== row) old.insertBefore(row, old.children[i] ?? null); });
  for (const node of [...fresh.childNodes]) if (node.nodeType !== Node.ELEMENT_NODE) node.remove();
}

// What only the visitor's side knows: the time zone, and how long a log is.
function dress() {
  const form = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
  for (const time of document.querySelectorAll('time')) time.textContent = form.format(new Date(time.dateTime));
}

function filter(form) {
  let delay;
  const go = () => {
    const query = new URLSearchParams([...new FormData(form)].filter(([, value]) => value !== '' && value !== 'newest'));
    history.replaceState(null, '', query.size > 0 ? `/?${query}` : '/');
    refresh();
  };
  form.addEventListener('input', () => { clearTimeout(delay); delay = setTimeout(go, 150); });
  form.addEventListener('submit', event => { event.preventDefault(); go(); });
}

document.querySelectorAll('[data-filter]').forEach(filter);
document.querySelectorAll('[data-bottom]').forEach(end => { end.scrollTop = end.scrollHeight; });
document.addEventListener('visibilitychange', () => (document.hidden ? rest() : listen()));
addEventListener('pagehide', rest);
addEventListener('pageshow', listen);
dress();
listen();
