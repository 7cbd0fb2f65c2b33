// Drives Debian's chromium over its debugging protocol. No package needed: Node 22, or Node 20 with --experimental-websocket.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const FLAGS = [
  '--headless=new', '--no-sandbox', '--hide-scrollbars', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--disable-gpu-sandbox',
  '--remote-debugging-port=0', '--no-first-run', '--disable-extensions', '--disable-dev-shm-usage',
  // The browser itself asks nobody: there is no network, and waiting for it costs seconds.
  '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-quic', '--disable-default-apps',
];

/** Seconds are multiplied by this: a machine under load is slow, not wrong. */
const PATIENCE = Number(process.env.PATIENCE ?? 4);

/** Starts a browser; `more` are further flags. */
export async function start(more = []) {
  const profile = mkdtempSync(join(tmpdir(), 'marchland-browser-'));
  const child = spawn(process.env.CHROMIUM ?? 'chromium', [...FLAGS, ...more, `--user-data-dir=${profile}`, 'about:blank'], { stdio: ['ignore', 'ignore', 'pipe'] });
  const address = await new Promise((done, failed) => {
    let told = '';
    child.stderr.on('data', (part) => {
      told += part;
      const found = /DevTools listening on (ws:\S+)/.exec(told);
      if (found) done(found[1]);
    });
    child.on('exit', () => failed(new Error(`chromium ended: ${told.slice(-500)}`)));
    process.on('exit', () => child.kill());
    child.on('error', failed);
    setTimeout(() => failed(new Error('chromium did not start')), 30_000 * PATIENCE).unref();
  });
  const socket = new WebSocket(address);
  await new Promise((done, failed) => { socket.onopen = done; socket.onerror = failed; });
  let n = 0;
  const waiting = new Map();
  const listeners = new Set();
  socket.onmessage = ({ data }) => {
    const message = JSON.parse(data);
    if (message.id) {
      const { done, failed } = waiting.get(message.id);
      waiting.delete(message.id);
      if (message.error) failed(new Error(message.error.message));
      else done(message.result);
    } else for (const listener of listeners) listener(message);
  };
  socket.onclose = () => {
    for (const { failed } of waiting.values()) failed(new Error('the browser has gone'));
    waiting.clear();
  };
  const call = (method, params = {}, sessionId) => new Promise((done, failed) => {
    n += 1;
    waiting.set(n, { done, failed });
    socket.send(JSON.stringify({ id: n, method, params, sessionId }));
  });
  return {
    /** Opens a tab of a size; `dark` and `script` as the visitor has them; `fresh`: with nothing kept from other tabs. */
    async tab({ width = 1280, height = 900, dark = false, script = true, fresh = false } = {}) {
      const context = fresh ? await call('Target.createBrowserContext') : {};
      const { targetId } = await call('Target.createTarget', { url: 'about:blank', ...context });
      const { sessionId } = await call('Target.attachToTarget', { targetId, flatten: true });
      const send = (method, params) => call(method, params, sessionId);
      const problems = [];
      const asked = [];
      listeners.add(({ method, params, sessionId: from }) => {
        if (from !== sessionId) return;
        if (method === 'Network.requestWillBeSent') asked.push(params.request.url);
        if (method === 'Page.javascriptDialogOpening') {
          problems.push(`a dialog opened: ${params.message}`);
          send('Page.handleJavaScriptDialog', { accept: false });
        }
        if (method === 'Runtime.exceptionThrown') problems.push(params.exceptionDetails.exception?.description ?? params.exceptionDetails.text);
        if (method === 'Log.entryAdded' && params.entry.level === 'error') problems.push(`${params.entry.text} ${params.entry.url ?? ''}`);
      });
      for (const domain of ['Page', 'Runtime', 'Log', 'Network']) await send(`${domain}.enable`);
      await send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: width < 600 });
      await send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: dark ? 'dark' : 'light' }, { name: 'prefers-reduced-motion', value: 'reduce' }] });
      if (!script) await send('Emulation.setScriptExecutionDisabled', { value: true });
      const value = async (expression) => {
        const { result, exceptionDetails } = await send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
        if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
        return result.value;
      };
      const until = async (expression, limit = 15_000) => {
        const end = Date.now() + limit * PATIENCE;
        for (;;) {
          if (await value(expression).catch(() => false)) return;
          if (Date.now() > end) throw new Error(`not within ${limit * PATIENCE} ms: ${expression}`);
          await new Promise((done) => setTimeout(done, 50));
        }
      };
      return {
        /** `problems`: errors told in the console; `asked`: every address that was asked for. */
        send, value, until, problems, asked,
        async open(address) {
          const loaded = new Promise((done, failed) => {
            const listener = ({ method, sessionId: from }) => {
              if (from === sessionId && method === 'Page.loadEventFired') { listeners.delete(listener); done(); }
            };
            listeners.add(listener);
            setTimeout(() => failed(new Error(`${address} did not load`)), 20_000 * PATIENCE).unref();
          });
          loaded.catch(() => {});
          // Another part of the page that is shown loads nothing: leave it first.
          if (address.includes('#')) {
            const [here, there] = [await value('location.href'), address].map((a) => a.split('#')[0]);
            if (here === there) await send('Page.navigate', { url: 'about:blank' }).then(() => loaded);
            if (here === there) return this.open(address);
          }
          const { errorText } = await send('Page.navigate', { url: address });
          if (errorText) throw new Error(`${address}: ${errorText}`);
          await loaded;
          if (script) await until(`document.body?.dataset.ready === 'yes'`);
        },
        async press(key, code = key.length === 1 ? `Key${key.toUpperCase()}` : key) {
          const text = key.length === 1 ? key : undefined;
          const number = { Enter: 13, Escape: 27, Tab: 9, ArrowLeft: 37, ArrowRight: 39, Home: 36, End: 35 }[key] ?? key.toUpperCase().charCodeAt(0);
          for (const type of ['keyDown', 'keyUp']) await send('Input.dispatchKeyEvent', { type, key, code, text: type === 'keyDown' ? (key === 'Enter' ? '\r' : text) : undefined, windowsVirtualKeyCode: number });
        },
        /** Clicks with the mouse in the middle of the first element of a selector. */
        async click(selector) {
          const { x, y } = await value(`(() => { const e = document.querySelector(${JSON.stringify(selector)}); e.scrollIntoView({ block: 'center', behavior: 'instant' }); const r = e.getBoundingClientRect(); return { x: r.x + r.width / 2, y: r.y + r.height / 2 }; })()`);
          for (const type of ['mouseMoved', 'mousePressed', 'mouseReleased']) await send('Input.dispatchMouseEvent', { type, x, y, button: type === 'mouseMoved' ? 'none' : 'left', clickCount: 1 });
        },
        /** Closes the tab. An open one keeps a stream to the server, and a browser grants six to a host. */
        close: () => call('Target.closeTarget', { targetId }),
        async picture(file, whole = false) {
          const { data } = await send('Page.captureScreenshot', { format: 'png', captureBeyondViewport: whole });
          writeFileSync(file, Buffer.from(data, 'base64'));
        },
      };
    },
    async stop() {
      const gone = new Promise((done) => child.once('exit', done));
      await call('Browser.close').catch(() => {});
      const late = setTimeout(() => child.kill('SIGKILL'), 10_000);
      await gone;
      clearTimeout(late);
      // Helpers of the browser may still write while they end; what then stays is in the folder for temporary files.
      await new Promise((done) => setTimeout(done, 300));
      try { rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 }); } catch { /* not worth a failure */ }
    },
  };
}
