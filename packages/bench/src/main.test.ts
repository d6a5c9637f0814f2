import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TYPESCRIPT_LOADER } from './harness/layout';

/** Where the command makes its temporary folders. */
const temporary = mkdtempSync(join(tmpdir(), 'agent-tasks-bench-test-'));

afterAll(() => rmSync(temporary, { recursive: true, force: true }));

function leftOvers(): string[] {
  return readdirSync(temporary).filter(name => name.startsWith('agent-tasks-'));
}

/** Runs the command as `npm run bench` and `npm run drill` do. */
async function run(...args: string[]) {
  const child = spawn(
    process.execPath,
    ['-r', TYPESCRIPT_LOADER, join(__dirname, 'main.ts'), ...args],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, TMPDIR: temporary },
    },
  );
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', chunk => {
    stdout += chunk;
  });
  child.stderr.on('data', chunk => {
    stderr += chunk;
  });
  const code = await new Promise(resolve => {
    child.once('close', resolve);
  });
  return { code, stdout, stderr };
}

// Each run is a process of its own, which loads the sources first.
jest.setTimeout(60_000);

describe('the command', () => {
  it.each([
    [
      'bench',
      [
        'editor',
        'launch',
        'lists',
        'plan',
        'queue',
        'queue-scale',
        'requests',
        'start',
        'wakeup',
        'watch',
      ],
    ],
    ['drill', ['crash', 'fairness', 'lanes', 'limits', 'replay', 'start']],
  ])('lists every %s without a name', async (kind, names) => {
    const { code, stdout } = await run(kind);
    expect(code).toBe(0);
    const listed = stdout
      .split('\n\n')[0]
      .split('\n')
      .map(line => line.trim().split(' ')[0]);
    expect(listed).toEqual(names);
  });

  it.each([
    [['drill', 'strat'], /There is no drill 'strat'. There are:\n {2}crash/],
    [['drill', 'start', '--seed', 'x'], /--seed is no whole number: x/],
    [['drill', 'start', '--fast'], /--fast/],
    [['drill', 'start', 'requests'], /One at a time/],
  ])('refuses %j', async (args, message) => {
    const { code, stdout, stderr } = await run(...args);
    expect(code).toBe(1);
    expect(stderr).toMatch(message);
    expect(stdout).toBe('');
  });

  it('takes everything back when it is interrupted', async () => {
    const child = spawn(
      process.execPath,
      [
        '-r',
        TYPESCRIPT_LOADER,
        join(__dirname, 'main.ts'),
        'drill',
        'start',
        '--quick',
      ],
      {
        stdio: ['ignore', 'ignore', 'pipe'],
        env: { ...process.env, TMPDIR: temporary },
      },
    );
    const ended = once(child, 'exit');
    // Its first line comes when the first backend is about to start.
    await once(child.stderr, 'data');
    child.kill('SIGTERM');
    expect(await ended).toEqual([143, null]);
    expect(leftOvers()).toEqual([]);
  }, 60_000);

  it('drills starts, small: kills and faults lose nothing, start nothing twice, and no file is left behind', async () => {
    const { code, stdout, stderr } = await run('drill', 'start', '--quick');
    expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({
      code: 0,
      stderr: '',
    });
    const lines = stdout.trim().split('\n');
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0])).toMatchObject({
      drill: 'start',
      database: ['sqlite'],
      launched: 10,
      kills: 4,
      lost: 0,
      duplicates: 0,
      holds: true,
      quick: true,
    });
    expect(leftOvers()).toEqual([]);
  }, 180_000);
});
