// axe-core in a page. The library is put in over the debugging protocol: the policy of the pages lets nothing else in.
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

const source = gunzipSync(readFileSync(new URL('vendor/axe-core/axe.min.js.gz', import.meta.url))).toString();

/** What axe finds in the page of a tab: rule, impact (minor, moderate, serious, critical), and where first. */
export async function findings(tab) {
  await tab.value(`${source};0`);
  const run = `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => JSON.stringify(violations.map((v) => ({ id: v.id, impact: v.impact, help: v.help, times: v.nodes.length, first: v.nodes[0].html.slice(0, 160) }))))`;
  return JSON.parse(await tab.value(run));
}
