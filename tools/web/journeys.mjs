// Journeys through a running server in a real browser.
//   node --experimental-websocket tools/web/journeys.mjs http://127.0.0.1:8765
// The server must hold the bundled Afghan example (`marchland demo`), opened for writing. Ends with 1 when one fails.
import assert from 'node:assert/strict';
import { start } from './browser.mjs';

const site = process.argv[2] ?? 'http://127.0.0.1:8765';
const browser = await start();
const KUNDUZ = '1135689';
const heading = `(document.querySelector('h1.answer')?.textContent ?? '')`;

const journeys = {
  async 'open, slide to 8 August, choose Kunduz, reach the marked sentence'() {
    const tab = await browser.tab();
    await tab.open(`${site}/?on=2021-08-12`);
    await tab.value(`{ const s = document.getElementById('day'); const first = Date.parse(s.dataset.first); s.value = (Date.parse('2021-08-08') - first) / 864e5; s.dispatchEvent(new Event('input', { bubbles: true })); }`);
    await tab.until(`new URL(location.href).searchParams.get('on') === '2021-08-08' && ${heading}.includes('8 August')`);
    await tab.value(`document.querySelector('[data-place="${KUNDUZ}"]').closest('a').dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }))`);
    await tab.until(`document.querySelector('.place-panel h2')?.textContent.includes('Kunduz')`);
    const evidence = await tab.value(`document.querySelector('.claims blockquote a').href`);
    await tab.open(evidence);
    assert.ok(await tab.value(`document.querySelectorAll('mark.chosen').length`) > 0);
    assert.ok(await tab.value(`(() => { const r = document.querySelector('mark.chosen').getBoundingClientRect(); return r.top >= 0 && r.top < innerHeight; })()`), 'the sentence is in sight');
    return tab;
  },
  async 'the address of a view shows the same view in a fresh browser'() {
    const one = await browser.tab();
    await one.open(`${site}/?on=2021-08-12`);
    await one.press('p');
    await one.until(`new URL(location.href).searchParams.get('on') !== '2021-08-12'`);
    await one.until(`document.body.dataset.step`);
    const [address, text] = [await one.value('location.href'), await one.value(heading)];
    const two = await browser.tab();
    await two.open(address);
    assert.equal(await two.value(heading), text);
    return two;
  },
  async 'a step of the slider costs less than 50 ms of our own'() {
    const tab = await browser.tab();
    await tab.open(`${site}/?on=2021-08-12`);
    const steps = [];
    for (let n = 0; n < 5; n += 1) {
      await tab.value(`delete document.body.dataset.step; document.querySelector('.steps a[title="One day back"]').click()`);
      await tab.until(`document.body.dataset.step`);
      steps.push(Number(await tab.value(`document.body.dataset.step`)));
    }
    steps.sort((a, b) => a - b);
    console.log(`    step of the script: median ${steps[2]} ms, most ${steps[4]} ms`);
    return tab;
  },
  async 'compare two days and take the differences along'() {
    const tab = await browser.tab();
    await tab.open(`${site}/?on=2021-08-06&compare=2021-08-15`);
    const rows = await tab.value(`document.querySelectorAll('#differences tbody tr').length`);
    assert.ok(rows > 5, `${rows} differences`);
    const csv = await tab.value(`fetch(document.querySelector('#differences a[href*="differences.csv"]').href).then((r) => r.text())`);
    assert.equal(csv.trim().split('\n').length, rows + 1);
    return tab;
  },
  async 'paste an article without a day, keep it, set the day with a reason, find it in the log'() {
    const tab = await browser.tab();
    await tab.open(`${site}/read`);
    await tab.value(`document.getElementById('text').value = 'The Taliban captured the city of Ghazni on Thursday, a provincial council member said. Pasted for a test ${Date.now()}.'`);
    await tab.value(`document.querySelector('button[value=show]').click()`);
    await tab.until(`document.querySelector('h1')?.textContent.startsWith('Found')`);
    await tab.value(`document.querySelector('button[value=keep]').click()`);
    await tab.until(`location.pathname.startsWith('/article/')`);
    await tab.until(`document.querySelector('form[action="/publish"]')`);
    await tab.value(`{ const f = document.querySelector('form[action="/publish"]'); f.elements.day.value = '2021-08-13'; f.elements.author.value = 'Journey'; f.elements.reason.value = 'said by the test'; f.querySelector('button').click(); }`);
    await tab.until(`document.querySelector('.facts')?.textContent.includes('13 August 2021')`);
    await tab.open(`${site}/log`);
    assert.ok(await tab.value(`document.body.textContent.includes('said by the test')`));
    return tab;
  },
  async 'review by keyboard, and undo'() {
    const tab = await browser.tab();
    await tab.open(`${site}/review`);
    await tab.value(`document.getElementById('author').value = 'Journey'; document.getElementById('author').dispatchEvent(new Event('change', { bubbles: true }))`);
    const count = async () => Number(/(\d+)/.exec(await tab.value(`document.querySelector('h1').textContent`))[1]);
    const before = await count();
    for (let n = 1; n <= 3; n += 1) {
      await tab.press('u');
      await tab.until(`Number(/(\\d+)/.exec(document.querySelector('h1')?.textContent ?? '')?.[1]) === ${before - n} && document.body.dataset.ready === 'yes'`);
    }
    await tab.press('z');
    await tab.until(`document.querySelector('.undo')?.textContent.includes('unsure') && document.body.dataset.ready === 'yes'`);
    return tab;
  },
  async 'phone: nothing is wider than the screen'() {
    const tab = await browser.tab({ width: 390, height: 844 });
    for (const path of ['/', `/?place=${KUNDUZ}`, '/articles', '/method', '/review', '/read', '/log']) {
      await tab.open(site + path);
      assert.ok(await tab.value(`document.documentElement.scrollWidth <= innerWidth`), `${path} is ${await tab.value('document.documentElement.scrollWidth')} wide`);
    }
    return tab;
  },
  async 'keyboard only: a place is reached and closed again'() {
    const tab = await browser.tab();
    await tab.open(`${site}/?on=2021-08-12`);
    await tab.value(`document.querySelector('#places tbody a').focus()`);
    await tab.press('Enter');
    await tab.until(`document.querySelector('.place-panel')`);
    await tab.press('Escape');
    await tab.until(`!document.querySelector('.place-panel')`);
    return tab;
  },
  async 'without scripts: the same answer, and the slider is a form'() {
    const tab = await browser.tab({ script: false });
    await tab.open(`${site}/?on=2021-08-12`);
    return tab;
  },
  async 'the map that can be moved, or the drawn one where it cannot'() {
    const tab = await browser.tab();
    await tab.open(`${site}/?on=2021-08-12`);
    await tab.value(`document.getElementById('movable').click()`);
    await tab.until(`document.querySelector('.live')?.dataset.ready === 'yes'`, 60_000);
    const other = await browser.tab();
    await other.send('Page.addScriptToEvaluateOnNewDocument', { source: `HTMLCanvasElement.prototype.getContext = () => null;` });
    await other.open(`${site}/?on=2021-08-12`);
    await other.value(`document.getElementById('movable').click()`);
    await other.until(`document.body.dataset.unmovable === 'yes'`, 60_000);
    assert.ok(await other.value(`document.querySelector('.map .drawn svg').getBoundingClientRect().height > 200`));
    return tab;
  },
  async 'nothing inline runs'() {
    const tab = await browser.tab();
    await tab.open(site);
    await tab.value(`{ const s = document.createElement('script'); s.textContent = 'window.broken = true'; document.body.append(s); const d = document.createElement('div'); d.innerHTML = '<img src=x onerror="window.broken = true">'; document.body.append(d); }`);
    await new Promise((done) => setTimeout(done, 500));
    assert.equal(await tab.value('window.broken'), undefined);
    tab.problems.length = 0;
    return tab;
  },
};

let failed = 0;
for (const [name, journey] of Object.entries(journeys)) {
  const begin = Date.now();
  try {
    const tab = await journey();
    assert.deepEqual(tab.problems, [], 'errors in the console');
    console.log(`ok    ${name} (${((Date.now() - begin) / 1000).toFixed(1)} s)`);
  } catch (why) {
    failed += 1;
    console.log(`FAIL  ${name}: ${why.message}`);
  }
}
await browser.stop();
process.exit(failed ? 1 : 0);
