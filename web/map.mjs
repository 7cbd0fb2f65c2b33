// The map that can be moved: MapLibre GL (vendored), on the same land and the same answer as the drawn map.
// Loaded only when somebody asks for it. Without WebGL2 it throws, and the drawn map stays.
import { Map as GlMap, NavigationControl, ScaleControl, Popup } from './maplibre-gl.mjs';

const style = getComputedStyle(document.documentElement);
const colour = (name) => style.getPropertyValue(name).trim();

/** A style without a server: background and, later, our own sources. Glyphs are drawn from the page's fonts. */
const blank = () => ({
  version: 8,
  sources: {},
  layers: [{ id: 'sea', type: 'background', paint: { 'background-color': colour('--sea') } }],
});

const line = (id, kind, name, width, dash) => ({
  id, type: 'line', source: 'land', filter: ['==', ['get', 'kind'], kind],
  paint: { 'line-color': colour(name), 'line-width': width, ...(dash ? { 'line-dasharray': dash } : {}) },
});

const layers = () => [
  { id: 'land', type: 'fill', source: 'land', filter: ['==', ['get', 'kind'], 'land'], paint: { 'fill-color': ['case', ['get', 'focus'], colour('--focus-land'), colour('--land')] } },
  { id: 'lake', type: 'fill', source: 'land', filter: ['==', ['get', 'kind'], 'lake'], paint: { 'fill-color': colour('--sea') } },
  line('river', 'river', '--river', 1.2),
  line('division', 'division', '--admin', 0.8),
  line('coast', 'coast', '--river', 0.8),
  line('otherwise', 'otherwise', '--border', 1.4, [4, 2]),
  line('border', 'border', '--border', 1.4),
  {
    id: 'places', type: 'symbol', source: 'places',
    layout: {
      'icon-image': ['get', 'symbol'], 'icon-size': 0.5, 'icon-allow-overlap': true,
      'symbol-sort-key': ['get', 'order'],
    },
  },
  {
    id: 'names', type: 'symbol', source: 'places',
    layout: {
      'text-field': ['case', ['has', 'local'], ['format', ['get', 'name'], {}, '\n', {}, ['get', 'local'], { 'font-scale': 0.9 }], ['get', 'name']],
      'text-font': ['Noto Sans'], 'text-size': 12, 'text-variable-anchor': ['left', 'right', 'top', 'bottom'],
      'text-radial-offset': 0.9, 'text-justify': 'auto', 'text-optional': true, 'symbol-sort-key': ['-', 0, ['get', 'order']],
    },
    paint: { 'text-color': colour('--ink'), 'text-halo-color': colour('--halo'), 'text-halo-width': 1.4 },
  },
];

const image = (svg) => new Promise((done, failed) => {
  const picture = new Image(48, 48);
  picture.onload = () => done(picture);
  picture.onerror = failed;
  const sized = svg.replace('<svg ', '<svg xmlns="http://www.w3.org/2000/svg" ').replace(/width="[\d.]+" height="[\d.]+"/, 'width="48" height="48"');
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(sized)}`;
});

/** Waits until something is so; gives up after 30 seconds, and the drawn map stays. */
async function until(so) {
  for (const end = performance.now() + 30_000; !so();) {
    if (performance.now() > end) throw new Error('the map did not come up in 30 seconds');
    await new Promise((done) => setTimeout(done, 40));
  }
}

const order = { unknown: 0, stale: 1, confirmed: 2, 'claimed only': 3, disputed: 4, contested: 5 };

async function answer(address) {
  const reply = await fetch(address);
  if (!reply.ok) throw new Error(`${address}: ${reply.status}`);
  return reply.json();
}

const points = (seen) => ({
  type: 'FeatureCollection',
  features: seen.places.filter((p) => p.place.latitude !== null).map(({ place, state, symbol }) => ({
    type: 'Feature',
    id: place.id,
    geometry: { type: 'Point', coordinates: [place.longitude, place.latitude] },
    properties: {
      id: place.id, name: place.name, symbol, order: order[state.mark] ?? 0, words: state.words,
      ...(place.local_name ? { local: place.local_name } : {}),
    },
  })),
});

async function symbols(map, seen) {
  for (const [name, svg] of Object.entries(seen.symbols)) if (!map.hasImage(name)) map.addImage(name, await image(svg), { pixelRatio: 1 });
}

/** Puts a map into an element. `choose(id)` is called with the place that is clicked, `moved("lon,lat,zoom")` when
 *  the reader has moved it; `at` in the address is where it begins. Gives a handle to keep it true. */
export async function mount(element, search, choose, moved) {
  const seen = await answer(`/api/places${search}`);
  const land = await answer(`/api/land?country=${encodeURIComponent(seen.country)}`);
  await document.fonts?.load('12px "Noto Sans"').catch(() => []);
  const map = new GlMap({
    container: element, style: blank(), bounds: land.bounds, fitBoundsOptions: { padding: 24 },
    attributionControl: false, dragRotate: false, pitchWithRotate: false, maxZoom: 12, canvasContextAttributes: { preserveDrawingBuffer: false },
    fadeDuration: matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 200,
  });
  const at = new URLSearchParams(search).get('at')?.split(',').map(Number);
  if (at?.length === 3 && at.every(Number.isFinite)) map.jumpTo({ center: at.slice(0, 2), zoom: at[2] });
  map.touchZoomRotate.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }));
  map.addControl(new ScaleControl());
  // With a style given as an object the event `load` may be over before anybody listens: ask for the state instead.
  await until(() => map.isStyleLoaded());
  await symbols(map, seen);
  map.addSource('land', { type: 'geojson', data: land });
  map.addSource('places', { type: 'geojson', data: points(seen), promoteId: 'id' });
  for (const layer of layers()) map.addLayer(layer);
  const popup = new Popup({ closeButton: false, closeOnClick: false, offset: 12 });
  map.on('mousemove', 'places', (event) => {
    map.getCanvas().style.cursor = 'pointer';
    const { name, words } = event.features[0].properties;
    popup.setLngLat(event.lngLat).setText(`${name}: ${words}`).addTo(map);
  });
  map.on('mouseleave', 'places', () => { map.getCanvas().style.cursor = ''; popup.remove(); });
  map.on('click', 'places', (event) => choose(event.features[0].properties.id));
  await until(() => map.isSourceLoaded('land') && map.isSourceLoaded('places'));
  map.on('moveend', () => {
    const { lng, lat } = map.getCenter().wrap();
    moved([lng, lat, map.getZoom()].map((n) => Number(n.toFixed(3))).join(','));
  });
  element.dataset.ready = 'yes';
  return {
    /** Shows another day or filter; the position stays. */
    async update(search) {
      const next = await answer(`/api/places${search}`);
      await symbols(map, next);
      map.getSource('places').setData(points(next));
    },
    resize: () => map.resize(),
  };
}
