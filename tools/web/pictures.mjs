// Pictures of the main states of a running server (`make pictures` starts one):  node --experimental-websocket tools/web/pictures.mjs http://127.0.0.1:8765 FOLDER [ON]
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { start } from './browser.mjs';

const [, , site, folder, on = '2021-08-09'] = process.argv;
mkdirSync(folder, { recursive: true });
const browser = await start();
const states = [
  ['map', `/?on=${on}`, {}],
  ['map-dark', `/?on=${on}`, { dark: true }],
  ['place', `/?on=${on}&place=1135689`, { height: 1000 }],
  ['phone', `/?on=${on}`, { width: 390, height: 844 }],
  ['phone-place', `/?on=${on}&place=1135689#place`, { width: 390, height: 844 }],
  ['compare', '/?on=2021-08-06&compare=2021-08-15#differences', { height: 1600 }],
  ['review', '/review', {}],
  ['method', '/method', {}],
  ['parties', `/?on=${on}&lanes=actors`, { height: 1900 }],
  ['data', '/data', {}],
  ['feeds', '/feeds', {}],
  ['views', '/views', {}],
  ['log', '/log', {}],
  ['read', '/read', {}],
  ['articles', '/articles', {}],
  ['review-dark', '/review', { dark: true, height: 1200 }],
  ['arabic', `/?on=${on}&lang=ar`, { fresh: true, height: 1500 }],
  ['arabic-place', `/?on=${on}&place=1135689&lang=ar`, { fresh: true, height: 1200 }],
  ['arabic-phone', `/?on=${on}&lang=ar`, { width: 390, height: 844, fresh: true }],
  ['no-script', `/?on=${on}`, { script: false }],
];
for (const [name, path, options] of states) {
  const tab = await browser.tab(options);
  await tab.open(site + path);
  await tab.picture(join(folder, `${name}.png`));
  for (const problem of tab.problems) console.log(`${name}: ${problem}`);
  await tab.close();
}
const tab = await browser.tab();
await tab.open(`${site}/?on=${on}&place=1135689`);
const evidence = await tab.value(`document.querySelector('.claims blockquote a')?.href ?? ''`);
if (evidence) {
  await tab.open(evidence);
  await tab.picture(join(folder, 'article.png'));
}
await tab.open(`${site}/?on=${on}`);
await tab.value(`document.getElementById('movable').click()`);
await tab.until(`document.querySelector('.live')?.dataset.ready === 'yes' || document.body.dataset.unmovable`, 30_000);
console.log('movable:', await tab.value(`document.body.dataset.unmovable ? document.getElementById('movable').title : 'yes'`));
await tab.picture(join(folder, 'live.png'));
for (const problem of tab.problems) console.log(`live: ${problem}`);
await browser.stop();
