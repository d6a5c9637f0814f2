// Measures a start of the portal on this checkout as it stands: seconds until it answers, and the peak memory of the
// backend. Linux only, since the kernel keeps the peaks. The last line is one JSON object.
//
//   npm run measure:start -- [--rounds 3] [--settle 20]
import { fork } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArguments } from './arguments.mjs';

const START = fileURLToPath(new URL('./start.mjs', import.meta.url));

const OPTIONS = {
  rounds: { type: 'number', describe: 'how many starts (3)' },
  settle: {
    type: 'number',
    describe: 'seconds to go on watching memory once the portal answers (20)',
  },
};

async function main() {
  const { values } = parseArguments({
    args: process.argv.slice(2),
    options: OPTIONS,
  });
  const samples = [];
  for (let round = 0; round < (values.rounds ?? 3); round += 1) {
    samples.push(await measureOnce({ settleSeconds: values.settle ?? 20 }));
  }
  const result = {
    startSeconds: median(samples.map(sample => sample.startSeconds)),
    backendPeakMb: Math.max(...samples.map(sample => sample.backendPeakMb)),
    samples,
    node: process.version,
  };
  console.log(JSON.stringify(result));
}

async function measureOnce({ settleSeconds }) {
  const folder = mkdtempSync(join(tmpdir(), 'agent-tasks-measure-'));
  const begin = process.hrtime.bigint();
  const child = fork(
    START,
    [
      '--free-ports',
      '--data',
      join(folder, 'data'),
      '--logs',
      join(folder, 'logs'),
    ],
    { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] },
  );
  const ended = new Promise(resolve => child.once('exit', resolve));
  try {
    const { pids } = await new Promise((resolve, reject) => {
      child.once('message', resolve);
      child.once('exit', () => reject(new Error('the portal did not start')));
    });
    const startSeconds = round(
      Number(process.hrtime.bigint() - begin) / 1e9,
      1,
    );
    await new Promise(resolve => setTimeout(resolve, settleSeconds * 1000));
    return { startSeconds, backendPeakMb: round(peakMb(pids.backend), 0) };
  } finally {
    child.disconnect();
    await ended;
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The highest resident memory that a process ever had, in MB. */
function peakMb(pid) {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)[1]) / 1024;
}

function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

function round(number, digits) {
  return Number(number.toFixed(digits));
}

main().catch(error => {
  console.error(`✗ ${error.message}`);
  process.exitCode = 1;
});
