import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { withLock } from './lock.mjs';

describe('withLock', () => {
  let folder;
  let file;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'agent-tasks-lock-'));
    file = join(folder, 'inner', 'lock');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('lets one at a time work, and tells who waits about the holder', async () => {
    const events = [];
    let release;
    const held = new Promise(resolve => {
      release = resolve;
    });
    const first = withLock({
      file,
      work: async () => {
        events.push('first begins');
        await held;
        events.push('first ends');
      },
    });
    const second = withLock({
      file,
      onWait: holder => {
        assert.equal(holder, process.pid);
        events.push('second waits');
        release();
      },
      work: async () => events.push('second works'),
    });
    await Promise.all([first, second]);
    assert.deepEqual(events, [
      'first begins',
      'second waits',
      'first ends',
      'second works',
    ]);
    assert.equal(existsSync(file), false);
  });

  it('takes over from a process that is gone', async () => {
    const gone = spawnSync(process.execPath, ['-e', '']).pid;
    await withLock({ file, work: async () => rmSync(file) });
    writeFileSync(file, `${gone}\n`);
    assert.equal(await withLock({ file, work: async () => 'done' }), 'done');
  });

  it('is free again after a failure', async () => {
    await assert.rejects(
      withLock({
        file,
        work: async () => {
          throw new Error('it failed');
        },
      }),
      /it failed/,
    );
    assert.equal(existsSync(file), false);
  });
});
