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
  came = performance.now();
  const ends = [...document.querySelectorAll('[data-bottom]')].filter(isAtEnd);
  for (const { name, value } of page.body.attributes) body.setAttribute(name, value);
  merge(document.querySelector('main'), page.querySelector('main'));
  dress();
  for (const end of ends) end.scrollTop = end.scrollHeight;
  draw();
}

const isAtEnd = element => element.scrollTop + element.clientHeight >= element.scrollHeight - 4;

// Element by element, so that focus, selection, open folds and ticks stay where they are.
function merge(old, fresh) {
  if (old.nodeType !== fresh.nodeType || old.nodeName !== fresh.nodeName || keyOf(old) !== keyOf(fresh)) {
    old.replaceWith(document.importNode(fresh, true));
    return;
  }
  if (old.nodeType !== Node.ELEMENT_NODE) {
    if (old.nodeValue !== fresh.nodeValue) old.nodeValue = fresh.nodeValue;
    return;
  }
  const keeps = fresh.hasAttribute('data-keep');
  if (keeps !== old.hasAttribute('data-keep')) { old.replaceWith(document.importNode(fresh, true)); return; }
  for (const { name } of [...old.attributes]) if (!isOwn(name) && !fresh.hasAttribute(name)) old.removeAttribute(name);
  for (const { name, value } of fresh.attributes) if (!isOwn(name) && old.getAttribute(name) !== value) old.setAttribute(name, value);
  if (!keeps) mergeChildren(old, fresh);
}

// Parts with a name are found by it: a run above, or a section that is new, does not turn all others into their neighbours.
function mergeChildren(old, fresh) {
  const known = new Map([...old.children].filter(keyOf).map(child => [keyOf(child), child]));
  const wanted = new Set([...fresh.children].map(keyOf));
  let at = old.firstChild;
  const skip = () => { while (at && keyOf(at) && !wanted.has(keyOf(at))) { const gone = at; at = at.nextSibling; gone.remove(); } };
  for (const node of fresh.childNodes) {
    skip();
    const key = keyOf(node);
    const same = key ? known.get(key) : at && !keyOf(at) ? at : undefined;
    if (!same) { old.insertBefore(document.importNode(node, true), at); continue; }
    if (same !== at) old.insertBefore(same, at);
    const place = document.createComment('');           // what is merged may be replaced
    same.after(place);
    merge(same, node);
    at = place.nextSibling;
    place.remove();
  }
  while (at) { const gone = at; at = at.nextSibling; gone.remove(); }
}

const keyOf = node => node.dataset?.name || node.getAttribute?.('aria-labelledby') || node.id || '';

// Whether a fold is open is the visitor's; so is what a script of this page wrote.
const isOwn = name => name === 'open' || name === 'style' || name.startsWith('_');

// What only the visitor's side knows: the time zone, and how long a log is.
function dress() {
  const form = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
  for (const time of document.querySelectorAll('time')) time.textContent = form.format(new Date(time.dateTime));
}

// Times that run on between two messages. By this machine's own clock since the page came: two machines' clocks differ.
let came = performance.now();
const spell = seconds => {
  const whole = Math.max(0, Math.floor(seconds));
  return whole < 60 ? `${whole} s` : whole < 3600 ? `${Math.floor(whole / 60)} min ${whole % 60} s` : `${Math.floor(whole / 3600)} h ${Math.floor(whole % 3600 / 60)} min`;
};

function tick() {
  const since = (performance.now() - came) / 1000;
  for (const part of document.querySelectorAll('[data-seconds]')) part.textContent = spell(Number(part.dataset.seconds) + Number(part.dataset.way) * since);
}

// The library of charts is large: only pages that have curves, or get some, ask for it.
async function draw() {
  if (document.querySelector('[data-curves]')) (await import('/assets/charts.js')).begin();
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
setInterval(tick, 1000);
dress();
draw();
listen();
