// Measures a running server and its pages in a browser; prints Markdown.
//   node --experimental-websocket tools/web/measure.mjs http://127.0.0.1:8765 screen     pages: size, first map, slider step
//   node tools/web/measure.mjs http://127.0.0.1:8765 load [RATE] [SECONDS]               answers under load
import http from 'node:http';
import { readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { start } from './browser.mjs';

const [, , site, what = 'screen', rate = '200', seconds = '10'] = process.argv;
const sorted = (numbers) => [...numbers].sort((a, b) => a - b);
const quantile = (numbers, q) => sorted(numbers)[Math.min(numbers.length - 1, Math.floor(numbers.length * q))];
const ms = (n) => `${n.toFixed(n < 10 ? 1 : 0)} ms`;
const json = async (path) => (await fetch(site + path)).json();
/** Processor time of the server so far, in milliseconds, where its number is told in SERVER (Linux). */
function spent() {
  try {
    const fields = readFileSync(`/proc/${process.env.SERVER}/stat`, 'utf8').split(') ')[1].split(' ');
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch { return NaN; }
}
const load = () => `load of the machine meanwhile ${loadavg()[0].toFixed(1)}`;

/** A page in a browser that was just started and has seen nothing: bytes over the line, and when the map was painted. */
async function first(path) {
  const browser = await start();
  const tab = await browser.tab();
  await tab.send('Network.setCacheDisabled', { cacheDisabled: false });
  await tab.send('Performance.enable', { timeDomain: 'threadTicks' });
  await tab.value(`1`);
  const begin = performance.now();
  await tab.open(site + path);
  const wall = performance.now() - begin;
  const framed = await tab.value(`document.fonts.ready.then(() => new Promise((d) => requestAnimationFrame(() => requestAnimationFrame(() => d(performance.now())))))`);
  const told = await tab.value(`(() => {
    const [page] = performance.getEntriesByType('navigation');
    const rest = performance.getEntriesByType('resource').filter((r) => r.initiatorType !== 'eventsource');
    return {
      bytes: page.transferSize + rest.reduce((n, r) => n + r.transferSize, 0), requests: 1 + rest.length,
      paint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null,
      loaded: page.loadEventEnd, answered: page.responseEnd, map: document.querySelector('.marchland-map') !== null,
    };
  })()`);
  const work = (await tab.send('Performance.getMetrics')).metrics.find((m) => m.name === 'TaskDuration').value * 1000;
  await browser.stop();
  return { ...told, framed, wall, work };
}

/** Steps of the slider: the script's own time as it says itself, and the processor time of the page's main thread. */
async function steps(path, count = 15) {
  const browser = await start();
  const tab = await browser.tab();
  await tab.open(site + path);
  await tab.send('Performance.enable', { timeDomain: 'threadTicks' });
  const metrics = async () => Object.fromEntries((await tab.send('Performance.getMetrics')).metrics.map((m) => [m.name, m.value * 1000]));
  const own = [];
  const script = [];
  const all = [];
  for (let n = 0; n < count; n += 1) {
    const before = await metrics();
    await tab.value(`delete document.body.dataset.step; { const s = document.getElementById('day'); s.value = Number(s.value) + ${n % 2 ? 1 : -1}; s.dispatchEvent(new Event('input', { bubbles: true })); }`);
    await tab.until(`document.body.dataset.step`, 60_000);
    await new Promise((done) => setTimeout(done, 100));
    const after = await metrics();
    own.push(Number(await tab.value(`document.body.dataset.step`)));
    script.push(after.ScriptDuration - before.ScriptDuration);
    all.push(after.TaskDuration - before.TaskDuration);
  }
  await browser.stop();
  return { own, script, all };
}

/** Asks so many times a second whatever the answers take (an open loop: waiting in the queue counts). */
async function ask(paths) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 64 });
  const count = Number(rate) * Number(seconds);
  const begin = performance.now();
  const times = [];
  let wrong = 0;
  let bytes = 0;
  await Promise.all(Array.from({ length: count }, async (_, n) => {
    const due = begin + (n * 1000) / Number(rate);
    await new Promise((done) => setTimeout(done, due - performance.now()));
    await new Promise((done) => {
      const request = http.get(site + paths[n % paths.length], { agent, headers: { 'accept-encoding': 'gzip' } }, (answer) => {
        answer.on('data', (part) => { bytes += part.length; });
        answer.on('end', () => {
          times.push(performance.now() - due);
          if (answer.statusCode !== 200) wrong += 1;
          done();
        });
      });
      request.on('error', () => { wrong += 1; done(); });
    });
  }));
  const took = (performance.now() - begin) / 1000;
  agent.destroy();
  return { p50: quantile(times, 0.5), p99: quantile(times, 0.99), reached: times.length / took, wrong, size: bytes / Math.max(1, times.length) };
}

const { counts } = await json('/api/counts');
const seen = await json('/api/places');
console.log(`${counts.articles} articles, ${counts.claims} claims; ${seen.total} ${seen.unit} on the map.`);
console.log();
if (what === 'screen') {
  console.log(`| what | measured |\n|---|---|`);
  const firsts = [];
  for (let n = 0; n < 3; n += 1) firsts.push(await first(`/?on=${seen.last_day}`));
  const [one] = firsts;
  console.log(`| first view, over the line, compressed, fonts included | ${(one.bytes / 1000).toFixed(0)} kB in ${one.requests} requests |`);
  console.log(`| the map and everything else loaded in a cold browser (median of 3) | ${ms(quantile(firsts.map((f) => f.loaded), 0.5))} |`);
  // A headless browser tells of no first paint, or of a late one: a frame that was begun after all had come shows the map.
  console.log(`| the same, until the second frame after that | ${ms(quantile(firsts.map((f) => f.framed), 0.5))} |`);
  console.log(`| the same, until the server's answer was there | ${ms(quantile(firsts.map((f) => f.answered), 0.5))} |`);
  console.log(`| the same, processor time of the page's main thread | ${ms(quantile(firsts.map((f) => f.work), 0.5))} |`);
  const { own, script, all } = await steps(`/?on=${seen.last_day}`);
  console.log(`| a slider step, our script from answer to page in place, by the clock (median, most of ${own.length}) | ${ms(quantile(own, 0.5))}, ${ms(quantile(own, 1))} |`);
  console.log(`| the same, processor time of all scripts in the page | ${ms(quantile(script, 0.5))}, ${ms(quantile(script, 1))} |`);
  console.log(`| the same, processor time of the main thread with parsing, layout and painting | ${ms(quantile(all, 0.5))}, ${ms(quantile(all, 1))} |`);
} else {
  const places = seen.places.map((p) => p.place.id);
  const days = Array.from({ length: 60 }, (_, n) => new Date(Date.parse(seen.last_day) - n * 864e5).toISOString().slice(0, 10));
  const articles = (await json('/api/articles?limit=500')).articles.map((a) => a.digest);
  const cases = [
    ['the map of the last day', ['/']],
    ['the map, sixty days in turn', days.map((d) => `/?on=${d}`)],
    ['places for a program, sixty days in turn', days.map((d) => `/api/places?on=${d}`)],
    ['a place (JSON)', places.map((p) => `/api/place/${p}`)],
    ['an article', articles.map((a) => `/article/${a}`)],
  ];
  console.log(`${rate} requests a second for ${seconds} s, over one machine's own line; time from when a request was due.\n`);
  console.log('First: each address asked once, one after the other, after the ledger changed (at most sixty of them). What was answered is kept until it changes again.\n');
  console.log(`| what | first: median, most | p50 | p99 | answered a second | not 200 | kB an answer | processor time of the server an answer |\n|---|---:|---:|---:|---:|---:|---:|---:|`);
  for (const [name, paths] of cases) {
    const cold = [];
    for (const path of paths.slice(0, 60)) {
      const begin = performance.now();
      await (await fetch(site + path)).arrayBuffer();
      cold.push(performance.now() - begin);
    }
    const before = spent();
    const r = await ask(paths);
    const each = (spent() - before) / (Number(rate) * Number(seconds));
    console.log(`| ${name} | ${ms(quantile(cold, 0.5))}, ${ms(quantile(cold, 1))} | ${ms(r.p50)} | ${ms(r.p99)} | ${r.reached.toFixed(0)} | ${r.wrong} | ${(r.size / 1000).toFixed(1)} | ${Number.isNaN(each) ? '' : ms(each)} |`);
  }
}
console.log(`\n${load()}.`);
