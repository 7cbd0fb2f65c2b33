// Drives Debian's chromium over its debugging protocol. No package needed: Node 22, or Node 20 with --experimental-websocket.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const FLAGS = ['--headless=new', '--no-sandbox', '--hide-scrollbars', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--remote-debugging-port=0', '--no-first-run', '--disable-extensions', '--disable-gpu-sandbox'];

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
    setTimeout(() => failed(new Error('chromium did not start in 40 s')), 40_000).unref();
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
  const call = (method, params = {}, sessionId) => new Promise((done, failed) => {
    n += 1;
    waiting.set(n, { done, failed });
    socket.send(JSON.stringify({ id: n, method, params, sessionId }));
  });
  return {
    /** Opens a tab of a size; `dark` and `script` as the visitor has them. */
    async tab({ width = 1280, height = 900, dark = false, script = true } = {}) {
      const { targetId } = await call('Target.createTarget', { url: 'about:blank' });
      const { sessionId } = await call('Target.attachToTarget', { targetId, flatten: true });
      const send = (method, params) => call(method, params, sessionId);
      const problems = [];
      listeners.add(({ method, params, sessionId: from }) => {
        if (from !== sessionId) return;
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
        const end = Date.now() + limit;
        for (;;) {
          if (await value(expression).catch(() => false)) return;
          if (Date.now() > end) throw new Error(`not within ${limit} ms: ${expression}`);
          await new Promise((done) => setTimeout(done, 50));
        }
      };
      return {
        send, value, until, problems,
        async open(address) {
          const loaded = new Promise((done) => {
            const listener = ({ method, sessionId: from }) => {
              if (from === sessionId && method === 'Page.loadEventFired') { listeners.delete(listener); done(); }
            };
            listeners.add(listener);
          });
          await send('Page.navigate', { url: address });
          await loaded;
          if (script) await until(`document.body?.dataset.ready === 'yes'`);
        },
        async press(key, code = key.length === 1 ? `Key${key.toUpperCase()}` : key) {
          const text = key.length === 1 ? key : undefined;
          const number = { Enter: 13, Escape: 27, Tab: 9 }[key] ?? key.toUpperCase().charCodeAt(0);
          for (const type of ['keyDown', 'keyUp']) await send('Input.dispatchKeyEvent', { type, key, code, text: type === 'keyDown' ? (key === 'Enter' ? '\r' : text) : undefined, windowsVirtualKeyCode: number });
        },
        async picture(file, whole = false) {
          const { data } = await send('Page.captureScreenshot', { format: 'png', captureBeyondViewport: whole });
          writeFileSync(file, Buffer.from(data, 'base64'));
        },
      };
    },
    async stop() {
      await call('Browser.close').catch(() => {});
      child.kill();
      await new Promise((done) => setTimeout(done, 300));
      rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
    },
  };
}
