// Runs a benchmark or a drill: `npm run bench -- NAME`, `npm run drill -- NAME`; without a name it lists them. All
// further arguments go to it as they are.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './layout.mjs';
import { TYPESCRIPT_LOADER } from './portal.mjs';
import { Processes } from './processes.mjs';
import { Progress } from './progress.mjs';
import { prepareToolchain } from './toolchain.mjs';

const ENTRY = join(ROOT, 'packages/bench/src/main.ts');
const KINDS = ['bench', 'drill'];
const EXIT_CODE_OF_SIGNAL = 1;

async function main([kind, ...args]) {
  if (!KINDS.includes(kind)) {
    throw new Error(`The first argument is one of ${KINDS.join(', ')}`);
  }
  // Only the result belongs to the standard output, where a script may read it.
  const progress = new Progress({ out: process.stderr });
  const processes = new Processes();
  let toolchain;
  try {
    toolchain = await prepareToolchain({ progress, processes });
  } catch (error) {
    progress.failure(error);
    process.exitCode = 1;
    return;
  } finally {
    await processes.stop();
  }
  if (!existsSync(ENTRY)) {
    throw new Error(`There are no benchmarks in this checkout: ${ENTRY}`);
  }

  // In the foreground and in this script's own process group: what the terminal sends (Ctrl-C, its end) reaches it
  // directly, and it cleans up itself.
  const child = spawn(
    toolchain.node,
    ['--enable-source-maps', '-r', TYPESCRIPT_LOADER, ENTRY, kind, ...args],
    { cwd: ROOT, env: toolchain.env, stdio: 'inherit' },
  );
  process.on('SIGINT', () => {});
  process.on('SIGHUP', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  process.exitCode = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', code => resolve(code ?? EXIT_CODE_OF_SIGNAL));
  });
}

main(process.argv.slice(2)).catch(error => {
  console.error(`✗ ${error.message}`);
  process.exitCode = 1;
});
