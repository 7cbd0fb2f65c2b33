// Journeys through a running server in a real browser. `make journeys` starts all that is needed; by hand:
//   node --experimental-websocket tools/web/journeys.mjs http://127.0.0.1:8765 [WORDS OF A NAME]
// The server must hold the bundled Afghan example (`marchland demo`), opened for writing. Ends with 1 when one fails.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { start } from './browser.mjs';
import { findings } from './axe.mjs';
import { HOSTILE } from './hostile.mjs';

const [, , site = 'http://127.0.0.1:8765', only = ''] = process.argv;
const browser = await start();
const KUNDUZ = '1135689';
const text = (selector) => `(document.querySelector(${JSON.stringify(selector)})?.textContent ?? '')`;
const heading = text('h1.answer');
const parameter = (name) => `new URL(location.href).searchParams.get('${name}')`;
/** Sends a form as the page itself would. */
const post = (tab, path, fields) => tab.value(`fetch(${JSON.stringify(path)}, { method: 'POST', body: new URLSearchParams(${JSON.stringify(fields)}) }).then((r) => r.url + ' ' + r.status)`);
const settled = `document.readyState === 'complete' && document.body.dataset.ready === 'yes'`;
const waiting = `Number(/(\\d+)/.exec(document.querySelector('h1')?.textContent ?? '')?.[1])`;

const journeys = {
  async 'open, slide to 8 August, choose Kunduz, reach the marked sentence'(tab) {
    await tab.open(`${site}/?on=2021-08-12`);
    await tab.value(`document.getElementById('day').focus()`);
    for (let n = 0; n < 4; n += 1) await tab.press('ArrowLeft');
    await tab.until(`${parameter('on')} === '2021-08-08' && ${heading}.includes('8 August')`);
    await tab.until(`document.body.dataset.step`);
    await tab.click(`.marchland-map [data-place="${KUNDUZ}"]`);
    await tab.until(`${text('.place-panel h2')}.includes('Kunduz')`);
    assert.equal(await tab.value(parameter('on')), '2021-08-08', 'the day stays');
    await tab.click('.claims blockquote a');
    await tab.until(`location.pathname.startsWith('/article/') && document.body?.dataset.ready === 'yes'`);
    await tab.until(`document.querySelectorAll('mark.chosen').length > 0`);
    await tab.until(`(() => { const r = document.querySelector('mark.chosen').getBoundingClientRect(); return r.top >= 0 && r.bottom <= innerHeight; })()`);
    for (const known of ['Outlet', 'Published', 'Read', 'Digest']) assert.ok((await tab.value(text('.facts'))).includes(known), known);
  },
  async 'the address of a view shows the same view in a fresh browser'(tab) {
    await tab.open(`${site}/?on=2021-08-12&known_by=2021-08-13&set=capitals&mark=held&names=latin`);
    await tab.press('p');
    await tab.until(`${parameter('on')} !== '2021-08-12' && document.body.dataset.step`);
    await tab.click('#places tbody a');
    await tab.until(`document.querySelector('.place-panel')`);
    const shown = `JSON.stringify([${heading}, ${text('.place-panel')}, ${text('#places')}, ${text('.days')}])`;
    const [address, here] = [await tab.value('location.href'), await tab.value(shown)];
    for (const name of ['on', 'known_by', 'set', 'mark', 'names', 'place']) assert.ok(new URL(address).searchParams.has(name), name);
    const fresh = await browser.tab({ fresh: true });
    await fresh.open(address);
    assert.equal(await fresh.value(shown), here);
    assert.equal(await fresh.value('location.href'), address);
    await fresh.close();
  },
  async 'back and forward go through the days'(tab) {
    await tab.open(`${site}/?on=2021-08-12`);
    const first = await tab.value(heading);
    await tab.click('.steps a[title="One day back"]');
    await tab.until(`${parameter('on')} === '2021-08-11' && ${heading}.includes('11 August')`);
    await tab.value('history.back()');
    await tab.until(`${parameter('on')} === '2021-08-12' && ${heading} === ${JSON.stringify(first)}`);
  },
  async 'compare two days and take the differences along'(tab) {
    await tab.open(`${site}/?on=2021-08-06&compare=2021-08-15`);
    const rows = await tab.value(`document.querySelectorAll('#differences tbody tr').length`);
    assert.ok(rows > 5, `${rows} differences`);
    const csv = await tab.value(`fetch(document.querySelector('#differences a[href*="differences.csv"]').href).then((r) => r.text())`);
    assert.equal(csv.trim().split('\n').length, rows + 1);
  },
  async 'paste an article without a day, set the day with a reason: the map changes, the log shows it'(tab) {
    const then = `${site}/?on=2021-07-28&set=capitals`;
    await tab.open(then);
    const ghazni = await tab.value(`[...document.querySelectorAll('#places tbody a')].find((a) => a.textContent === 'Ghazni').href`);
    await tab.open(ghazni);
    const before = await tab.value(text('.place-panel .state strong'));
    await tab.open(`${site}/read`);
    await tab.value(`document.getElementById('text').value = 'The Taliban captured the city of Ghazni on Wednesday, a provincial council member said. Pasted for a test.'`);
    await tab.click('button[value=show]');
    await tab.until(`${text('h1')}.startsWith('Found') && ${text('.claims')}.includes('Ghazni')`);
    await tab.click('button[value=keep]');
    await tab.until(`location.pathname.startsWith('/article/') && document.querySelector('form[action="/publish"]')`);
    assert.ok((await tab.value(text('.facts'))).includes('unknown'), 'the page says that the day is not known');
    const article = await tab.value('location.href');
    await tab.open(ghazni);
    assert.equal(await tab.value(text('.place-panel .state strong')), before, 'without a day it has no say');
    await tab.open(article);
    await tab.value(`{ const f = document.querySelector('form[action="/publish"]'); f.elements.day.value = '2021-07-29'; f.elements.author.value = 'Journey'; f.elements.reason.value = 'said by the test'; }`);
    await tab.click('form[action="/publish"] button');
    await tab.until(`${text('.facts')}.includes('29 July 2021')`);
    await tab.open(ghazni);
    const after = await tab.value(text('.place-panel .state strong'));
    assert.notEqual(after, before, 'the map has changed');
    assert.ok(after.includes('Taliban') || after.includes('contested'), after);
    assert.ok((await tab.value(text('.place-panel .claims'))).includes('Pasted for a test') || (await tab.value(text('.place-panel .claims'))).includes('provincial council member'), 'the claim is listed');
    await tab.open(`${site}/log`);
    assert.ok(await tab.value(`document.body.textContent.includes('said by the test')`));
  },
  async 'review ten claims by keyboard, and undo'(tab) {
    await tab.open(`${site}/review`);
    await tab.value(`document.getElementById('author').value = 'Journey'; document.getElementById('author').dispatchEvent(new Event('change', { bubbles: true }))`);
    const before = await tab.value(waiting);
    assert.ok(before > 10, `${before} claims wait`);
    const keys = ['u', 'a', 'u', 'a', 'r', 'u', 'a', 'u', 'r', 'a'];
    for (const [n, key] of keys.entries()) {
      await tab.press(key);
      await tab.until(`${waiting} === ${before - n - 1} && ${settled}`).catch(async (why) => { throw new Error(`key ${n + 1}, ${key}: ${why.message}; the page says ${await tab.value(text('main'))}`.slice(0, 700)); });
      await new Promise((done) => setTimeout(done, 400)); // a person reads the next claim first
    }
    await tab.press('j');
    await tab.until(`${parameter('n')} === '1' && ${settled}`);
    const log = `fetch('/api/log?limit=1000').then((r) => r.text())`;
    // Undone is an entry of the log too, and the claim waits again; twice undone, two claims wait again.
    for (const n of [1, 2]) {
      await tab.press('z');
      await tab.until(`${settled} && ${waiting} === ${before - keys.length + n}`);
      await new Promise((done) => setTimeout(done, 400));
    }
    await tab.until(`${log}.then((t) => t.includes('"reason":"undone"'))`);
    assert.equal(await tab.value(`document.getElementById('claim-card').dataset.claim`), await tab.value(parameter('claim')), 'the claim that waits again is shown');
    assert.ok((await tab.value(log)).includes('Journey'), 'the judgements bear a name in the log');
  },
  async 'what somebody else adds is shown without asking'(tab) {
    await tab.open(`${site}/?on=2021-08-12`);
    await tab.until(`document.body.dataset.stands`);
    const stands = await tab.value(`document.body.dataset.stands`);
    const articles = `Number(/(\\d+) articles/.exec(${text('p.second')})[1])`;
    const before = await tab.value(articles);
    const other = await browser.tab();
    await other.open(`${site}/read`);
    await post(other, '/read', { text: `Composed for a test of what others add. ${Date.now()}`, step: 'keep' });
    await other.close();
    await tab.until(`document.body.dataset.stands !== '${stands}' && ${articles} === ${before + 1}`);
  },
  async 'eight open maps do not keep the ninth page waiting'() {
    const tabs = [];
    for (let n = 0; n < 8; n += 1) {
      // A tab in the background is hidden; here each is told so, as all tabs of this browser count as seen.
      const tab = await browser.tab();
      await tab.open(site);
      await tab.value(`Object.defineProperty(document, 'visibilityState', { value: 'hidden' }); dispatchEvent(new Event('visibilitychange'))`);
      tabs.push(tab);
    }
    const ninth = await browser.tab();
    await ninth.open(`${site}/method`);
    for (const tab of [ninth, ...tabs]) await tab.close();
  },
  async 'phone: nothing is wider than the screen'() {
    const tab = await browser.tab({ width: 390, height: 844 });
    for (const path of ['/', `/?place=${KUNDUZ}`, '/articles', '/method', '/review', '/read', '/log', '/feeds', '/views', '/data', '/?on=2021-08-06&compare=2021-08-15']) {
      await tab.open(site + path);
      assert.ok(await tab.value(`document.documentElement.scrollWidth <= innerWidth`), `${path} is ${await tab.value('document.documentElement.scrollWidth')} wide`);
    }
    return tab;
  },
  async 'from right to left: nothing is wider than the screen, the controls work, axe finds nothing'() {
    for (const size of [{}, { width: 390, height: 844 }]) {
      const tab = await browser.tab({ ...size, fresh: true });
      const paths = ['/?on=2021-08-12', `/?on=2021-08-12&place=${KUNDUZ}`, '/articles', '/method', '/review', '/read', '/log', '/feeds', '/views', '/data', '/?on=2021-08-06&compare=2021-08-15'];
      for (const path of paths) {
        await tab.open(`${site}${path}${path.includes('?') ? '&' : '?'}lang=ar`);
        assert.deepEqual(await tab.value(`[document.documentElement.lang, document.documentElement.dir]`), ['ar', 'rtl'], path);
        assert.ok(await tab.value(`document.documentElement.scrollWidth <= innerWidth`), `${path} is ${await tab.value('document.documentElement.scrollWidth')} wide`);
        const found = await findings(tab);
        assert.deepEqual(found.filter((f) => ['serious', 'critical'].includes(f.impact)), [], `${path} ${JSON.stringify(size)}`);
      }
      // Of several pages one keeps the language without its being in the address: the choice is remembered.
      await tab.open(`${site}/method`);
      assert.equal(await tab.value(`document.documentElement.lang`), 'ar');
      await tab.open(`${site}/?on=2021-08-12&lang=ar`);
      assert.ok((await tab.value(heading)).includes('12 أغسطس 2021'));
      // Later is to the right, on the slider as on the timeline.
      await tab.value(`document.getElementById('day').focus()`);
      await tab.press('ArrowLeft');
      await tab.until(`${parameter('on')} === '2021-08-11' && ${heading}.includes('11 أغسطس') && ${text('#day-words')}.includes('11 أغسطس 2021')`);
      await tab.click('.steps a[data-step="1"]');
      await tab.until(`${parameter('on')} === '2021-08-12' && ${parameter('lang')} === 'ar'`);
      const ticks = await tab.value(`[...document.querySelectorAll('.timeline text.axis')].map((t) => t.getBoundingClientRect().x)`);
      assert.ok(ticks.length > 2 && ticks[0] < ticks[1], 'the first day is at the left');
      assert.equal(await tab.value(text('#play')), '▶ تشغيل', 'the words of the script are those of the page');
      await tab.click('.marchland-map [data-place="' + KUNDUZ + '"]');
      await tab.until(`${text('.place-panel h2')}.includes('Kunduz')`);
      await tab.click('#movable');
      await tab.until(`document.querySelector('.live')?.dataset.ready === 'yes'`, 30_000);
      await tab.click('.tongues a[data-tongue="en"]');
      await tab.until(`document.documentElement.lang === 'en' && ${settled} && ${parameter('place')} === '${KUNDUZ}'`);
      assert.deepEqual(tab.problems, []);
      await tab.close();
    }
  },
  async 'every word that the script writes is in the catalogue'() {
    const tab = await browser.tab({ fresh: true });
    await tab.open(`${site}/?on=2021-08-12&lang=en-XA`);
    const known = (selector) => tab.until(`/^⟦.*⟧$/.test(${text(selector)})`);
    await known('#play');
    await tab.click('#play');
    await known('#play');
    await tab.click('#play');
    await known('#movable');
    await tab.click('#movable');
    await tab.until(`document.querySelector('.live')?.dataset.ready === 'yes'`, 30_000);
    await known('#movable');
    await tab.click('#movable');
    await known('#movable');
    await tab.close();
  },
  async 'several articles are read one after another, and the page tells how far'(tab) {
    const lines = Array.from({ length: 12 }, (_, n) => JSON.stringify({ id: `progress-${n}`, title: `Composed ${n}`, text: `Composed for a test, number ${n} of ${Date.now()}. The weather stayed mild. Nobody moved anywhere.` })).join('\n');
    await tab.open(`${site}/read`);
    await tab.value(`document.getElementById('text').value = ${JSON.stringify(lines)}`);
    await tab.click('button[value=show]');
    await tab.until(`location.pathname.startsWith('/reading/') && document.querySelectorAll('main tbody tr').length === 12`);
    await tab.until(`document.querySelector('main progress').value === 12 && !document.querySelector('[data-again]')`);
    await tab.click('button[value=keep]');
    await tab.until(`document.querySelectorAll('main tbody th a[href^="/article/"]').length === 12`);
    // Without a script the browser asks again by itself.
    const page = await tab.value(`fetch('/read', { method: 'POST', body: new URLSearchParams({ text: ${JSON.stringify(lines.replaceAll('progress', 'again'))}, step: 'keep' }) }).then((r) => r.text())`);
    assert.ok(page.includes('<noscript><meta http-equiv="refresh" content="1"></noscript>') || !page.includes('data-again'), 'a page that is not done asks again');
  },
  async 'keyboard only: the first tab skips, a place is reached, read and closed again'(tab) {
    await tab.open(`${site}/?on=2021-08-12`);
    await tab.press('Tab');
    assert.equal(await tab.value(`document.activeElement.className`), 'skip');
    await tab.press('Enter');
    await tab.until(`location.hash === '#main'`);
    const there = `document.activeElement.closest?.('.marchland-map, #places') && new URL(document.activeElement.href?.baseVal ?? document.activeElement.href ?? location, location).searchParams.has('place')`;
    let steps = 0;
    while (!(await tab.value(`Boolean(${there})`))) {
      await tab.press('Tab');
      steps += 1;
      assert.ok(steps < 60, 'a place within sixty steps');
    }
    assert.ok(await tab.value(`getComputedStyle(document.activeElement).outlineStyle !== 'none'`), 'one sees where one is');
    await tab.press('Enter');
    await tab.until(`document.querySelector('.place-panel')`);
    await tab.press('Escape');
    await tab.until(`!document.querySelector('.place-panel')`);
    await tab.press('n');
    await tab.until(`${parameter('on')} > '2021-08-12'`);
  },
  async 'without scripts: the same answer, and the slider is a form'(tab) {
    await tab.open(`${site}/?on=2021-08-12`);
    const answer = await tab.value(heading);
    const bare = await browser.tab({ script: false });
    await bare.open(`${site}/?on=2021-08-12`);
    assert.equal(await bare.value(heading), answer);
    assert.ok(await bare.value(`document.querySelector('.slider button').getBoundingClientRect().height > 10`), 'the button is there');
    await bare.value(`document.getElementById('day').value = 0`);
    await bare.click('.slider button');
    await bare.until(`${parameter('on')} !== null && ${parameter('on')} < '2021-08-08' && ${text('h1.answer')} !== ''`);
    assert.deepEqual(bare.problems, []);
    await bare.close();
  },
  async 'the map that can be moved keeps to the day'(tab) {
    await tab.open(`${site}/?on=2021-08-12`);
    await tab.click('#movable');
    await tab.until(`document.querySelector('.live')?.dataset.ready === 'yes'`, 30_000);
    assert.ok(await tab.value(`document.querySelector('.map .drawn').hidden`));
    await tab.click('.steps a[title="One day back"]');
    await tab.until(`${heading}.includes('11 August') && document.querySelector('.live canvas')`);
    await tab.click('#movable');
    await tab.until(`!document.querySelector('.live') && !document.querySelector('.map .drawn').hidden`);
  },
  async 'no WebGL: the drawn map, with the same state'(tab) {
    await tab.send('Page.addScriptToEvaluateOnNewDocument', { source: `HTMLCanvasElement.prototype.getContext = () => null;` });
    await tab.open(`${site}/?on=2021-08-12`);
    const answer = await tab.value(heading);
    const drawn = await tab.value(`document.querySelector('.map .drawn').innerHTML`);
    await tab.click('#movable');
    await tab.until(`document.body.dataset.unmovable === 'yes'`, 30_000);
    assert.ok(await tab.value(`document.querySelector('.map .drawn svg').getBoundingClientRect().height > 200`));
    assert.equal(await tab.value(`document.querySelector('.map .drawn').innerHTML`), drawn);
    assert.equal(await tab.value(heading), answer);
    tab.problems.length = 0; // the library says there that it has no WebGL
  },
  async 'hostile articles are text: nothing runs, nothing is fetched'(tab) {
    await tab.open(`${site}/read`);
    for (const [name, body] of Object.entries(HOSTILE)) {
      const at = await post(tab, '/read', { text: body, step: 'keep', title: `${name} <img src=x onerror="broken=1">`, outlet: '"><script>broken=1</script>' });
      assert.ok(at.includes('/article') && at.endsWith(' 200'), `${name}: ${at}`);
      await tab.open(at.split(' ')[0]);
      await new Promise((done) => setTimeout(done, 200));
      assert.equal(await tab.value(`typeof broken`), 'undefined', name);
      assert.equal(await tab.value(`document.querySelectorAll('main iframe, main script, main style, main img, main object, main embed, main form:not([action^="/"]), main [onload], main [onclick], main [onerror], main [style], main a[href^="javascript"]').length`), 0, name);
      assert.ok(!/[\u202A-\u202E\u2066-\u2069]/.test(await tab.value('document.documentElement.textContent')), `${name}: no override is left`);
      await tab.open(`${site}/read`);
    }
    for (const path of ['/articles', '/log', '/', `/?place=${KUNDUZ}`, '/review']) {
      await tab.open(site + path);
      assert.equal(await tab.value(`typeof broken`), 'undefined', path);
    }
    const elsewhere = tab.asked.filter((address) => !address.startsWith(`${site}/`) && !/^(about|data):/.test(address));
    assert.deepEqual(elsewhere, [], 'no other host is asked');
  },
  async 'the policy holds against whoever gets into the page'(tab) {
    await tab.open(site);
    await tab.value(`window.caught = []; addEventListener('securitypolicyviolation', (e) => caught.push(e.effectiveDirective));`);
    await tab.value(`{
      const add = (name, fields) => document.body.append(Object.assign(document.createElement(name), fields));
      add('script', { textContent: 'window.broken = 1' });
      add('script', { src: 'data:text/javascript,window.broken=2' });
      add('div', { innerHTML: '<img src="/nothing" onerror="window.broken = 3"><svg onload="window.broken = 4"></svg>' });
      add('iframe', { srcdoc: '<script>parent.broken = 5</script>' });
      add('iframe', { src: 'data:text/html,<p>x' });
      add('object', { data: '/map.svg' });
      add('base', { href: 'http://elsewhere.invalid/' });
      add('a', { href: 'javascript:window.broken = 6' });
      document.body.lastChild.click();
      add('p', { innerHTML: '<b style="color: rgb(1, 2, 3)" id="styled">x</b>' });
      add('style', { textContent: '#styled { color: rgb(1, 2, 3) }' });
      const form = document.createElement('form');
      form.action = 'http://elsewhere.invalid/';
      document.body.append(form);
      form.submit();
      new Image().src = 'http://elsewhere.invalid/seen.png';
      fetch('http://elsewhere.invalid/').catch(() => {});
    }`);
    const evaluated = await tab.value(`new Promise((done) => { const s = document.createElement('script'); s.type = 'module'; s.src = document.querySelector('script[src]').src; setTimeout(() => { try { setTimeout('window.broken = 7', 0); } catch { } done(1); }, 300); })`);
    assert.equal(evaluated, 1);
    await tab.until(`new Set(caught).size >= 6`);
    const caught = new Set(await tab.value('caught'));
    for (const what of ['script-src-elem', 'script-src-attr', 'style-src-attr', 'style-src-elem', 'img-src', 'connect-src', 'form-action', 'base-uri', 'object-src']) assert.ok(caught.has(what), `${what} is refused (refused: ${[...caught]})`);
    assert.equal(await tab.value('window.broken'), undefined);
    assert.notEqual(await tab.value(`getComputedStyle(document.getElementById('styled')).color`), 'rgb(1, 2, 3)');
    const policy = await tab.value(`fetch('/').then((r) => r.headers.get('content-security-policy'))`);
    assert.ok(policy.includes(`default-src 'self'`) && !policy.includes('unsafe'), policy);
    tab.problems.length = 0;
  },
  async 'the timeline: drag a window, lanes by party, the known-by slider, a typed day, a pace'(tab) {
    await tab.open(`${site}/?on=2021-08-12`);
    const days = `Number(document.querySelector('svg.timeline').dataset.days)`;
    const all = await tab.value(days);
    await tab.value(`document.querySelector('svg.timeline').scrollIntoView({ block: 'center', behavior: 'instant' })`);
    const box = await tab.value(`(() => { const r = document.querySelector('svg.timeline').getBoundingClientRect(); return { x: r.x, y: r.y + r.height / 2, width: r.width }; })()`);
    const mouse = (type, share) => tab.send('Input.dispatchMouseEvent', { type, x: box.x + box.width * share, y: box.y, button: 'left', buttons: 1, clickCount: 1 });
    await mouse('mousePressed', 0.4);
    for (const share of [0.45, 0.7, 0.98]) await mouse('mouseMoved', share);
    await mouse('mouseReleased', 0.98);
    await tab.until(`${parameter('from')} !== null && ${parameter('to')} !== null && ${days} < ${all}`);
    assert.equal(await tab.value(parameter('on')), '2021-08-12', 'a drag is no step to a day');
    const [from, to] = [await tab.value(parameter('from')), await tab.value(parameter('to'))];
    assert.ok(from < to, `${from} to ${to}`);
    assert.equal(await tab.value(`document.getElementById('day').dataset.first`), from, 'the slider goes over the window');
    await tab.click('.days a[href*="lanes=actors"]');
    await tab.until(`${parameter('lanes')} === 'actors' && document.querySelectorAll('.timeline path.held').length >= 2`);
    await tab.value(`{ const s = document.getElementById('known'); s.value = Number(s.max) - 4; s.dispatchEvent(new Event('change', { bubbles: true })); }`);
    await tab.until(`${parameter('known_by')} !== null && ${heading}.includes('as reported by')`);
    const known = await tab.value(heading);
    await tab.value(`{ const s = document.getElementById('known'); s.value = s.max; s.dispatchEvent(new Event('change', { bubbles: true })); }`);
    await tab.until(`${parameter('known_by')} === null && ${heading} !== ${JSON.stringify(known)}`);
    await tab.value(`{ const d = document.getElementById('typed'); d.value = '2021-08-07'; d.form.requestSubmit(); }`);
    await tab.until(`${parameter('on')} === '2021-08-07' && ${parameter('from')} === '${from}'`);
    await tab.value(`{ const s = document.getElementById('speed'); s.value = '10'; s.dispatchEvent(new Event('change', { bubbles: true })); document.getElementById('play').click(); }`);
    await tab.until(`${parameter('on')} >= '2021-08-09'`);
    await tab.value(`document.getElementById('play').click()`);
  },
  async 'compare: both days are drawn side by side'(tab) {
    await tab.open(`${site}/?on=2021-08-06&compare=2021-08-15`);
    assert.deepEqual(await tab.value(`[...document.querySelectorAll('.pair figcaption')].map((c) => c.textContent)`), ['6 August 2021', '15 August 2021']);
    const maps = await tab.value(`[...document.querySelectorAll('.pair svg')].map((m) => m.getBoundingClientRect()).map((r) => [r.top, r.width])`);
    assert.ok(maps.length === 2 && Math.abs(maps[0][0] - maps[1][0]) < 2 && maps[0][1] > 300, JSON.stringify(maps));
  },
  async 'a missed claim is added by selecting its sentence'(tab) {
    await tab.open(`${site}/?on=2021-08-12&place=${KUNDUZ}`);
    await tab.open(await tab.value(`document.querySelector('.claims blockquote a').href`));
    const words = await tab.value(`(() => { const node = document.querySelector('.article-text mark.sentence').firstChild; const range = document.createRange(); range.selectNodeContents(node.parentNode); getSelection().removeAllRanges(); getSelection().addRange(range); return getSelection().toString().trim(); })()`);
    await tab.until(`document.getElementById('add').open && document.getElementById('add-quote').value === ${JSON.stringify(words)}`);
    const before = await tab.value(`document.querySelectorAll('.claims > .claim').length`);
    await tab.value(`{ const f = document.querySelector('form[action="/claim"]').elements; f.place.value = 'Kunduz'; f.kind.value = 'contested'; f.valid_from.value = '2021-08-07'; f.author.value = 'Journey'; f.reason.value = 'missed'; }`);
    await tab.click('form[action="/claim"] button');
    await tab.until(`new URL(location.href).hash.startsWith('#claim-') && ${settled} && document.querySelectorAll('.claims > .claim').length === ${before + 1}`);
    assert.ok((await tab.value(text('.claim.chosen'))).includes('by hand'), 'it is the chosen one, and says who made it');
    await tab.open(`${site}/log`);
    assert.ok((await tab.value(text('.log li'))).length && (await tab.value(`document.body.textContent`)).includes('Journey: add'));
  },
  async 'two people at one claim: the second is told, and loses nothing'(tab) {
    await tab.open(`${site}/review`);
    const form = await tab.value(`Object.fromEntries(new FormData(document.querySelector('form.judge')))`);
    await post(tab, '/judge', { ...form, author: 'First', verdict: 'accept' });
    await tab.value(`{ const f = document.querySelector('form.judge').elements; f.author.value = 'Second'; f.reason.value = 'seen otherwise'; document.querySelector('button[value=reject]').click(); }`);
    await tab.until(`${text('h1')}.includes('Somebody judged') && ${text('main')}.includes('First') && ${text('main')}.includes('seen otherwise')`);
    await tab.click('main form button');
    await tab.until(`location.pathname === '/review' && ${settled}`);
    const log = await tab.value(`fetch('/api/log?limit=1000').then((r) => r.text())`);
    assert.ok(log.includes('seen otherwise') && log.includes('First'), 'both stand in the log');
    tab.problems.length = 0; // the browser notes the answer 409 as an error
    await post(tab, '/judge', { article: form.article, claim: form.claim, author: 'Second', verdict: 'undo' });
    await post(tab, '/judge', { article: form.article, claim: form.claim, author: 'First', verdict: 'undo' });
  },
  async 'the map that was moved stands in the address, and comes back from it'(tab) {
    await tab.open(`${site}/?on=2021-08-12`);
    await tab.click('#movable');
    await tab.until(`document.querySelector('.live')?.dataset.ready === 'yes'`, 30_000);
    await tab.click('.maplibregl-ctrl-zoom-in');
    await tab.until(`${parameter('at')} !== null`);
    await new Promise((done) => setTimeout(done, 800));
    const address = await tab.value('location.href');
    await tab.click('.steps a[title="One day back"]');
    await tab.until(`${heading}.includes('11 August') && ${parameter('at')} === '${new URL(address).searchParams.get('at')}'`);
    const fresh = await browser.tab({ fresh: true });
    await fresh.open(address);
    await fresh.until(`document.querySelector('.live')?.dataset.ready === 'yes'`, 30_000);
    assert.equal(await fresh.value(parameter('at')), new URL(address).searchParams.get('at'));
    await fresh.close();
  },
  async 'a view is saved, listed and opened again; a feed is watched'(tab) {
    await tab.open(`${site}/?on=2021-08-10&mark=contested`);
    const answer = await tab.value(heading);
    await tab.value(`{ const f = document.querySelector('form[action="/views"]').elements; f.name.value = 'Contested'; f.author.value = 'Journey'; }`);
    await tab.click('form[action="/views"] button');
    await tab.until(`location.pathname === '/views' && ${settled}`);
    await tab.click('tbody th a');
    await tab.until(`location.pathname === '/' && ${settled} && ${heading} === ${JSON.stringify(answer)} && ${parameter('mark')} === 'contested'`);
    // The server itself stands for a host: its feed of corrections is a feed, on this machine.
    const listed = await post(tab, '/feeds', { url: `${site}/corrections.atom`, author: 'Journey', minutes: '30', step: 'add' });
    assert.ok(listed.endsWith('/feeds 200'), listed);
    await tab.open(`${site}/feeds`);
    await tab.until(`fetch('/feeds').then((r) => r.text()).then((t) => t.includes('articles in it'))`);
    await post(tab, '/feeds', { url: `${site}/corrections.atom`, step: 'remove' });
  },
  async 'printed, and in a text browser, the pages read well'(tab) {
    await tab.open(`${site}/?on=2021-08-12&place=${KUNDUZ}`);
    await tab.send('Emulation.setEmulatedMedia', { media: 'print' });
    for (const gone of ['.top', '.controls', '.filter', '#movable', '.close']) assert.ok(await tab.value(`[...document.querySelectorAll('${gone}')].every((e) => getComputedStyle(e).display === 'none')`), `${gone} is not printed`);
    for (const there of ['h1.answer', '.marchland-map', '.places table', '.place-panel', '.argument']) assert.ok(await tab.value(`document.querySelector('${there}').getBoundingClientRect().height > 10`), `${there} is printed`);
    for (const path of [`/?on=2021-08-12&place=${KUNDUZ}`, '/method', '/data']) {
      await tab.open(site + path);
      const { data } = await tab.send('Page.printToPDF', { printBackground: true });
      const pdf = Buffer.from(data, 'base64');
      const pages = (pdf.toString('latin1').match(/\/Type\s*\/Page\b/g) ?? []).length;
      assert.ok(pdf.subarray(0, 5).toString() === '%PDF-' && pages >= 1 && pages <= 25, `${path}: ${pages} pages`);
    }
    if (spawnSync('w3m', ['-version']).error) {
      console.log('    skipped: the text browser w3m is not installed');
      return;
    }
    for (const [path, ...wanted] of [['/?on=2021-08-12', 'of 34 provincial capitals', 'Kunduz', 'Day by day'], ['/review', 'claims wait', 'Accept (A)'], ['/data', 'State of the data', 'Last read'], ['/method', 'Two clocks']]) {
      const { stdout } = spawnSync('w3m', ['-dump', '-cols', '100', site + path], { encoding: 'utf8' });
      for (const words of wanted) assert.ok(stdout.includes(words), `${path} in w3m has no ${words}: ${stdout.slice(0, 600)}`);
      assert.ok(!/[<>]svg|&amp;|undefined/.test(stdout), `${path} in w3m`);
    }
  },
  async 'ten megabytes of entities are text, and harm nobody'(tab) {
    await tab.open(`${site}/read`);
    const many = '&lt;b&gt;&amp;&#x3c;i&#62;&nbsp;'.repeat(320_000);
    assert.ok(many.length >= 9_600_000);
    const page = `<html><body><article><p>Composed for a test. The weather stayed mild, and the market opened late.</p><p>${many}</p></article></body></html>`;
    const begin = Date.now();
    // Sent from here: the debugging protocol tells of each request with its body, and so large a message closes our socket.
    const answer = await fetch(`${site}/read`, { method: 'POST', body: new URLSearchParams({ text: page, step: 'keep', title: 'Ten megabytes' }) });
    const at = `${answer.url} ${answer.status}`;
    assert.ok(at.includes('/article/') && at.endsWith(' 200'), at);
    await tab.open(at.split(' ')[0]);
    assert.equal(await tab.value(`document.querySelectorAll('.article-text b, .article-text i').length`), 0);
    assert.ok((await tab.value(text('main'))).includes('The article is long'));
    console.log(`    ten megabytes were read and shown in ${((Date.now() - begin) / 1000).toFixed(1)} s`);
    await tab.open(`${site}/?on=2021-08-12`);
  },
  async 'accessible: axe finds nothing serious on any page'(tab) {
    await tab.open(`${site}/?on=2021-08-12&place=${KUNDUZ}`);
    const article = await tab.value(`document.querySelector('.claims blockquote a').getAttribute('href')`);
    const pages = ['/?on=2021-08-12', `/?on=2021-08-12&place=${KUNDUZ}`, '/?on=2021-08-06&compare=2021-08-15', article, '/articles', '/read', '/log', '/method', '/review', '/feeds', '/views', '/data', '/?lanes=actors', '/nowhere', '/?on=never'];
    const looks = [[{}, pages], [{ dark: true }, [pages[1], article, '/review']], [{ width: 390, height: 844 }, [pages[1], '/review']]];
    for (const [look, paths] of looks) {
      const seen = await browser.tab(look);
      for (const path of paths) {
        await seen.open(site + path);
        const found = await findings(seen);
        assert.deepEqual(found.filter((f) => ['serious', 'critical'].includes(f.impact)), [], `${path} ${JSON.stringify(look)}`);
        for (const f of found) console.log(`    ${f.impact}: ${f.id} at ${path.slice(0, 40)}`);
      }
      await seen.close();
    }
  },
};

let failed = 0;
let done = 0;
for (const [name, journey] of Object.entries(journeys)) {
  if (!name.includes(only)) continue;
  const begin = Date.now();
  const tab = await browser.tab();
  done += 1;
  try {
    const other = await journey(tab);
    assert.deepEqual(tab.problems, [], 'errors in the console');
    await other?.close();
    console.log(`ok    ${name} (${((Date.now() - begin) / 1000).toFixed(1)} s)`);
  } catch (why) {
    failed += 1;
    console.log(`FAIL  ${name}: ${why.message.slice(0, 2000)}`);
  }
  await tab.close();
}
await browser.stop();
console.log(`${done - failed} of ${done} journeys`);
process.exit(failed || !done ? 1 : 0);
