import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { isAlive, Processes } from './processes.mjs';
import { StepFailure } from './progress.mjs';

// A child with a child of its own, which tells both ids and then never ends by itself.
const FAMILY = `
  const { spawn } = require('node:child_process');
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  console.log(JSON.stringify([process.pid, child.pid]));
  setInterval(() => {}, 1000);
`;
const STUBBORN = `process.on('SIGTERM', () => {});${FAMILY}`;

describe('Processes', { timeout: 60_000 }, () => {
  let folder;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'agent-tasks-processes-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const start = (processes, { name, code, onExit }) => {
    const logFile = join(folder, `${name}.log`);
    processes.start({
      name,
      command: process.execPath,
      args: ['-e', code],
      env: process.env,
      logFile,
      onExit,
    });
    return logFile;
  };

  it('ends children and whatever they started', async () => {
    const processes = new Processes();
    const pids = await idsIn(
      start(processes, { name: 'family', code: FAMILY }),
    );
    assert.ok(pids.every(isAlive));
    await processes.stop();
    assert.deepEqual(pids.filter(isAlive), []);
  });

  it('kills what does not end when asked to', async () => {
    const processes = new Processes({ graceMs: 200 });
    const pids = await idsIn(
      start(processes, { name: 'stubborn', code: STUBBORN }),
    );
    await processes.stop();
    assert.deepEqual(pids.filter(isAlive), []);
  });

  it('leaves nothing behind when the script itself is killed', async () => {
    const logFile = join(folder, 'orphans.log');
    const script = join(folder, 'script.mjs');
    writeFileSync(
      script,
      `import { Processes } from ${JSON.stringify(
        new URL('./processes.mjs', import.meta.url).href,
      )};
      new Processes().start({
        name: 'orphans', command: process.execPath, args: ['-e', ${JSON.stringify(
          FAMILY,
        )}],
        env: process.env, logFile: ${JSON.stringify(logFile)},
      });
      setInterval(() => {}, 1000);`,
    );
    const parent = spawn(process.execPath, [script], { stdio: 'ignore' });
    const pids = await idsIn(logFile);
    parent.kill('SIGKILL');
    await until(() => pids.every(pid => !isAlive(pid)));
  });

  it('ends what a child leaves in its group when it ends by itself', async () => {
    const processes = new Processes();
    const ended = new Promise(resolve => {
      start(processes, {
        name: 'leaver',
        code: FAMILY.replace(
          'setInterval(() => {}, 1000);\n',
          'process.exit(3);\n',
        ),
        onExit: resolve,
      });
    });
    const pids = await idsIn(join(folder, 'leaver.log'));
    assert.deepEqual(await ended, { name: 'leaver', code: 3, signal: null });
    await until(() => pids.every(pid => !isAlive(pid)));
    await processes.stop();
  });

  it('says which command failed, where its log is and what to do', async () => {
    const processes = new Processes();
    const logFile = join(folder, 'failing.log');
    await assert.rejects(
      processes.run({
        name: 'failing',
        command: process.execPath,
        args: ['-e', 'console.log("the reason"); process.exit(7)'],
        env: process.env,
        logFile,
        remedy: 'do this',
      }),
      error =>
        error instanceof StepFailure &&
        error.message === 'failing ended with code 7' &&
        error.logFile === logFile &&
        error.remedy === 'do this',
    );
    assert.match(readFileSync(logFile, 'utf8'), /the reason/);
    await processes.stop();
  });
});

async function idsIn(logFile) {
  let ids;
  await until(() => {
    try {
      ids = JSON.parse(readFileSync(logFile, 'utf8'));
      return true;
    } catch {
      return false;
    }
  });
  return ids;
}

async function until(condition) {
  const deadline = Date.now() + 20_000;
  while (!condition()) {
    assert.ok(Date.now() < deadline, 'it did not happen within 20 s');
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}
