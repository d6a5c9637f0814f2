import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Page } from '@playwright/test';
import { readAddresses } from './addresses';

const APP = resolve(__dirname, '..');
const CLI = resolve(APP, '../../node_modules/@backstage/cli/bin/backstage-cli');

/** Where the app and its backend are at home in `app-config.yaml`, which a build takes with it. */
const HOME = { app: 'http://localhost:3000', backend: 'http://localhost:7007' };

/** The app as it is installed in production, in a folder of its own. */
export interface BuiltApp {
  folder: string;
  remove: () => Promise<void>;
}

/** Builds the app as for production: what `npm start` serves is for development, and several times as slow. */
export async function buildApp(): Promise<BuiltApp> {
  const dist = join(APP, 'dist');
  const wasThere = existsSync(dist);
  await new Promise<void>((done, fail) => {
    const build = spawn(process.execPath, [CLI, 'package', 'build'], {
      cwd: APP,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    build.once('error', fail);
    build.once('exit', code =>
      code === 0 ? done() : fail(new Error(`The build ended with ${code}`)),
    );
  });
  const folder = await mkdtemp(join(tmpdir(), 'agent-tasks-built-'));
  await cp(dist, folder, { recursive: true });
  if (!wasThere) {
    await rm(dist, { recursive: true, force: true });
  }
  return {
    folder,
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Has the page take the app from the build instead of the one that runs; its backend stays the same. */
export async function serveBuiltApp(page: Page, app: BuiltApp): Promise<void> {
  const addresses = readAddresses()!;
  const html = (await readFile(join(app.folder, 'index.html'), 'utf8'))
    .replaceAll(HOME.app, addresses.app)
    .replaceAll(HOME.backend, addresses.backend);
  // A browser lets a page that came from no network reach none of this machine's addresses by itself.
  await page.route(`${addresses.backend}/**`, async route =>
    route.fulfill({ response: await route.fetch() }),
  );
  await page.route(`${addresses.app}/**`, async route => {
    const { pathname } = new URL(route.request().url());
    const path = join(app.folder, decodeURIComponent(pathname));
    const isFile = await stat(path).then(
      found => found.isFile(),
      () => false,
    );
    await (isFile
      ? route.fulfill({ path })
      : route.fulfill({ body: html, contentType: 'text/html' }));
  });
}
