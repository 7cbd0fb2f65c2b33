// The pages work without this file. With it, a step in time does not load a new page: the same page is fetched and
// its main part put in place; the address stays true at every step. No library, nothing inline.

const main = () => document.getElementById('main');
// Every word that is shown comes from the server's catalogue, with the page.
const say = JSON.parse(document.body.dataset.words);
document.documentElement.classList.add('scripted');
let asked = 0;
const still = matchMedia('(prefers-reduced-motion: reduce)');

/** Fetches a page of ours and puts its main part in place. `push`: a new entry of the history. */
async function show(address, push = true, focus = null) {
  const mine = ++asked;
  const url = new URL(address, location.href);
  const at = new URLSearchParams(location.search).get('at');
  if (live && at && push) url.searchParams.set('at', at); // the map stays where it is
  let text;
  try {
    const answer = await fetch(url, { headers: { accept: 'text/html' } });
    text = await answer.text();
  } catch {
    location.assign(url); // the browser says better what is wrong
    return;
  }
  if (mine !== asked) return; // a later step was quicker
  const start = performance.now();
  const fresh = new DOMParser().parseFromString(text, 'text/html');
  if (fresh.documentElement.lang !== document.documentElement.lang) {
    location.assign(url); // another language, another direction: a page of its own
    return;
  }
  const scroll = [scrollX, scrollY];
  const keep = focus ?? document.activeElement?.id;
  place(main(), fresh.getElementById('main'));
  document.title = fresh.title;
  const kept = '.top nav a, nav.tongues a'; // links outside the main part that carry the view along
  for (const [n, link] of document.querySelectorAll(kept).entries()) {
    const other = fresh.querySelectorAll(kept)[n];
    if (other) link.href = other.getAttribute('href');
  }
  if (push) history.pushState(null, '', url);
  ready();
  if (keep) document.getElementById(keep)?.focus({ preventScroll: true });
  const target = push && url.hash ? document.getElementById(url.hash.slice(1)) : null;
  if (target && !seen(target)) target.scrollIntoView({ block: 'start', behavior: still.matches ? 'auto' : 'smooth' });
  else scrollTo(...scroll);
  document.body.dataset.step = (performance.now() - start).toFixed(1); // milliseconds of our own, for the tests
}

/** Puts the new main part in place. The sliders themselves stay: one may be in somebody's hand. */
function place(old, fresh) {
  const controls = old.querySelector('.controls');
  const next = fresh.querySelector('.controls');
  if (!controls || !next) {
    old.replaceWith(document.adoptNode(fresh));
    return;
  }
  for (const part of ['.steps', '.more summary', '.exact']) controls.querySelector(part).replaceWith(document.importNode(next.querySelector(part), true));
  for (const id of ['day', 'known']) {
    const slider = controls.querySelector(`#${id}`);
    const other = next.querySelector(`#${id}`);
    for (const name of ['min', 'max']) slider[name] = other[name];
    slider.dataset.first = other.dataset.first;
    if (document.activeElement !== slider) {
      slider.value = other.value;
      controls.querySelector(`#${id}-words`).textContent = next.querySelector(`#${id}-words`).textContent;
    }
    for (const hidden of slider.form.querySelectorAll('[type=hidden]')) hidden.remove();
    slider.form.prepend(...[...other.form.querySelectorAll('[type=hidden]')].map((h) => document.importNode(h, true)));
  }
  const [before, after] = [[], []];
  let passed = false;
  for (const child of [...fresh.childNodes]) {
    if (child === next) passed = true;
    else (passed ? after : before).push(document.adoptNode(child));
  }
  for (const child of [...old.childNodes]) if (child !== controls) child.remove();
  old.prepend(...before);
  old.append(...after);
}

const seen = (element) => {
  const { top, bottom } = element.getBoundingClientRect();
  return top >= 0 && top < innerHeight * 0.8 && bottom > 0;
};

/** The day so many days after another. */
function dayAfter(first, n) {
  const day = new Date(`${first}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + n);
  return day.toISOString().slice(0, 10);
}

/** This address with other parameters; null takes one away. */
function here(parameters) {
  const url = new URL(location.href);
  for (const [name, value] of Object.entries(parameters)) {
    if (value === null) url.searchParams.delete(name);
    else url.searchParams.set(name, value);
  }
  url.hash = '';
  return url;
}

const tag = document.documentElement.lang;
const words = new Intl.DateTimeFormat(tag.startsWith('en') ? 'en-GB' : `${tag}-u-nu-latn`, { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
const isSlider = (element) => Boolean(element.dataset?.param);
let timer = 0;
let playing = 0;
let pace = '2';

/** A slider was moved: at its open end (all that is known) the parameter goes away. */
function slide(slider, push) {
  const day = dayAfter(slider.dataset.first, Number(slider.value));
  const open = slider.dataset.open && Number(slider.value) >= Number(slider.max);
  const output = document.getElementById(`${slider.id}-words`);
  if (output) output.textContent = open ? slider.dataset.open : words.format(new Date(`${day}T00:00:00Z`));
  clearTimeout(timer);
  timer = setTimeout(() => {
    const url = here({ [slider.dataset.param]: open ? null : day });
    if (push) show(url);
    else { history.replaceState(null, '', url); show(url, false); }
  }, 40);
}

function stop() {
  clearInterval(playing);
  playing = 0;
  const button = document.getElementById('play');
  if (button) button.textContent = say.play;
}

function play() {
  if (playing) return stop();
  const begin = document.getElementById('day');
  if (Number(begin.value) >= Number(begin.max)) begin.value = begin.min;
  playing = setInterval(() => {
    const slider = document.getElementById('day');
    if (!slider || Number(slider.value) >= Number(slider.max)) return stop();
    slider.value = Number(slider.value) + 1;
    slide(slider, false);
  }, 1000 / Number(pace));
  document.getElementById('play').textContent = say.stop;
}

// A window is dragged over the timeline: the days from the one where it begins to the one where it ends.
let drag = null;

function dayAt(chart, x) {
  const { left, width } = chart.getBoundingClientRect();
  const data = chart.dataset;
  const [all, margin] = [Number(data.width), Number(data.left)];
  const share = (((x - left) / width) * all - margin) / (all - margin);
  return Math.min(Number(data.days) - 1, Math.max(0, Math.floor(share * Number(data.days))));
}

addEventListener('pointerdown', (event) => {
  const chart = event.target.closest?.('svg.timeline');
  if (!chart || event.button || event.pointerType === 'touch') return;
  const { left, width } = chart.getBoundingClientRect();
  if (event.clientX < left + (width * Number(chart.dataset.left)) / Number(chart.dataset.width)) return;
  drag = { chart, from: event.clientX, box: null };
});
addEventListener('pointermove', (event) => {
  if (!drag || Math.abs(event.clientX - drag.from) < 8) return;
  const chart = drag.chart;
  if (!drag.box) {
    drag.box = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
    drag.box.setAttribute('class', 'window');
    drag.box.setAttribute('height', chart.viewBox.baseVal.height);
    chart.append(drag.box);
  }
  const scale = Number(chart.dataset.width) / chart.getBoundingClientRect().width;
  const edges = [drag.from, event.clientX].map((x) => (x - chart.getBoundingClientRect().left) * scale).sort((a, b) => a - b);
  drag.box.setAttribute('x', Math.max(edges[0], Number(chart.dataset.left)));
  drag.box.setAttribute('width', Math.max(1, edges[1] - edges[0]));
});
addEventListener('pointerup', (event) => {
  const done = drag;
  drag = null;
  if (!done?.box) return;
  done.box.remove();
  // The click that may follow is the end of the drag, no step to a day.
  const swallow = (click) => { click.preventDefault(); click.stopPropagation(); };
  addEventListener('click', swallow, { capture: true, once: true });
  setTimeout(() => removeEventListener('click', swallow, true), 50);
  const [from, to] = [done.from, event.clientX].map((x) => dayAt(done.chart, x)).sort((a, b) => a - b).map((n) => dayAfter(done.chart.dataset.first, n));
  if (from !== to) show(here({ from, to }));
});
addEventListener('dragstart', (event) => {
  if (event.target.closest?.('svg.timeline')) event.preventDefault();
});

// The map that can be moved is fetched when it is asked for, and then kept from step to step.
let live = null;
let moving = false;

/** Chooses a place, by its id. */
function choose(id) {
  const url = here({ claim: null, place: id });
  url.hash = 'place';
  show(url);
}

async function move(button) {
  const holder = document.createElement('div');
  holder.className = 'live';
  const drawn = document.querySelector('.map .drawn');
  button.disabled = true;
  moving = true;
  try {
    await new Promise((done, failed) => {
      const sheet = document.createElement('link');
      Object.assign(sheet, { rel: 'stylesheet', href: button.dataset.style, onload: done, onerror: failed });
      document.head.append(sheet);
    });
    const { mount } = await import(button.dataset.module);
    drawn.hidden = true;
    drawn.after(holder);
    const moved = (at) => history.replaceState(null, '', here({ at }));
    live = { holder, ...(await mount(holder, location.search, choose, moved)) };
    button.textContent = say['map-drawn'];
  } catch (why) {
    // No WebGL2, or nothing at all: the drawn map says the same.
    holder.remove();
    drawn.hidden = false;
    live = null;
    button.textContent = say['map-unmovable'];
    button.title = String(why?.message ?? why);
    document.body.dataset.unmovable = 'yes';
    moving = false;
    return;
  }
  moving = false;
  button.disabled = false;
}

function still_map() {
  live.holder.remove();
  live = null;
  history.replaceState(null, '', here({ at: null }));
  document.querySelector('.map .drawn').hidden = false;
  document.getElementById('movable').textContent = say['map-move'];
}

/** After each new main part. */
function ready() {
  const button = document.getElementById('play');
  if (button) {
    button.hidden = false;
    button.textContent = playing ? say.stop : say.play;
  }
  const speed = document.getElementById('speed');
  if (speed) {
    speed.value = pace;
    speed.closest('label').hidden = false;
  }
  const movable = document.getElementById('movable');
  // An address that says where the map stands is one of the map that can be moved.
  if (movable && !live && !moving && !document.body.dataset.unmovable && new URLSearchParams(location.search).has('at')) move(movable);
  if (movable && !document.body.dataset.unmovable) movable.hidden = false;
  if (movable && live) {
    movable.textContent = say['map-drawn'];
    const drawn = document.querySelector('.map .drawn');
    drawn.hidden = true;
    drawn.after(live.holder);
    live.resize();
    live.update(location.search);
  }
  const author = document.getElementById('author');
  if (author) {
    author.value ||= localStorage.getItem('author') ?? '';
    author.addEventListener('change', () => localStorage.setItem('author', author.value));
  }
  again();
  document.body.dataset.ready = 'yes';
}

/** A page that tells how far something is asks for itself again; without a script, the browser does it. */
function again() {
  if (document.querySelector('[data-again]')) setTimeout(() => show(location.href, false), 700);
}

/** The place nearest to a point of a map whose places are too many to be links: within ten pixels. */
function nearest(chart, event) {
  const box = chart.getBoundingClientRect();
  const scale = chart.viewBox.baseVal.width / box.width;
  const [x, y] = [(event.clientX - box.left) * scale, (event.clientY - box.top) * scale];
  let best = null;
  let far = (10 * scale) ** 2;
  for (const spot of chart.querySelector('[data-spots]').dataset.spots.split(';')) {
    const [id, left, top] = spot.split(',');
    const away = (left - x) ** 2 + (top - y) ** 2;
    if (away < far) [best, far] = [id, away];
  }
  return best;
}

// A file dropped on the field is put into it as text.
addEventListener('dragover', (event) => {
  if (event.target.id === 'text') event.preventDefault();
});
addEventListener('drop', async (event) => {
  if (event.target.id !== 'text' || !event.dataTransfer.files.length) return;
  event.preventDefault();
  event.target.value = (await Promise.all([...event.dataTransfer.files].map((file) => file.text()))).join('\n');
});

// A stretch of the article that is selected becomes the sentence of the form for a missed claim.
document.addEventListener('selectionchange', () => {
  const quote = document.getElementById('add-quote');
  const text = document.querySelector('.article-text');
  const selection = getSelection();
  if (!quote || !text || selection.isCollapsed || !selection.rangeCount) return;
  const range = selection.getRangeAt(0);
  if (!text.contains(range.commonAncestorContainer)) return;
  quote.value = selection.toString().trim();
  const before = document.createRange();
  before.setStart(text, 0);
  before.setEnd(range.startContainer, range.startOffset);
  document.getElementById('add-before').value = before.toString().slice(-64);
  document.getElementById('add').open = true;
});

// What others add is shown when it comes. A browser grants a host six connections, over all tabs: only a page in sight
// holds a stream. The first event says where the ledger stands, so what was missed meanwhile is seen on the way back.
let stream = null;
let stands = null;

function listen() {
  const wanted = location.pathname === '/' && document.visibilityState === 'visible';
  if (!wanted) {
    stream?.close();
    stream = null;
  } else if (!stream || stream.readyState === EventSource.CLOSED) {
    stream = new EventSource('/events');
    const told = ({ lastEventId }) => {
      const missed = stands !== null && lastEventId !== stands;
      stands = lastEventId;
      document.body.dataset.stands = stands;
      if (missed && location.pathname === '/' && !playing) show(location.href, false);
    };
    stream.addEventListener('hello', told);
    stream.addEventListener('change', told);
  }
}
addEventListener('visibilitychange', listen);
addEventListener('pageshow', listen);
addEventListener('pagehide', () => {
  stream?.close();
  stream = null;
});
listen();

addEventListener('input', (event) => {
  if (isSlider(event.target)) slide(event.target, false);
});
addEventListener('change', (event) => {
  if (isSlider(event.target)) slide(event.target, true);
  if (event.target.id === 'speed') {
    pace = event.target.value;
    if (playing) { stop(); play(); }
  }
});

addEventListener('click', (event) => {
  if (event.target.id === 'play') return play();
  if (event.target.id === 'movable') return live ? still_map() : move(event.target);
  const chart = event.target.closest?.('svg.marchland-map');
  if (chart?.querySelector('[data-spots]') && !event.target.closest('a')) {
    const id = nearest(chart, event);
    if (id) choose(id);
    return;
  }
  const link = event.target.closest?.('a[href]');
  if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const href = link instanceof SVGAElement ? link.href.baseVal : link.getAttribute('href');
  const url = new URL(href, location.href);
  // Only steps within the map page; everything else is a page of its own.
  if (url.origin !== location.origin || url.pathname !== '/' || location.pathname !== '/') return;
  if (url.search === location.search && url.hash) return;
  event.preventDefault();
  show(url);
});

addEventListener('submit', (event) => {
  const form = event.target;
  const url = new URL(form.action);
  if (form.method !== 'get' || url.pathname !== '/' || location.pathname !== '/') return;
  event.preventDefault();
  url.search = '';
  for (const [name, value] of new FormData(form)) if (value !== '' && name !== 'day' && name !== 'known') url.searchParams.append(name, value);
  show(url);
});

addEventListener('popstate', () => show(location.href, false));

addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
  const go = (id) => document.getElementById(id)?.click();
  const keyed = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (keyed) {
    event.preventDefault();
    keyed.click();
    return;
  }
  if (event.key === 'n') go('next-change');
  else if (event.key === 'p') go('previous-change');
  else if (event.key === 'Escape') document.querySelector('.close')?.click();
  else if (event.key === ' ' && event.target === document.body) { event.preventDefault(); play(); }
});

ready();
