import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ROOT } from '../harness/layout';
import { Workspace } from '../harness/Workspace';
import { Run } from './Run';

const GOAL_SECONDS = 60;
const GOAL_MB = 700;
const ROUNDS = 3;

/** The last line of `scripts/measure-start.mjs`. */
interface Measured {
  startSeconds: number;
  backendPeakMb: number;
  samples: { startSeconds: number; backendPeakMb: number }[];
}

export const benchStart: Run = {
  kind: 'bench',
  name: 'start',
  summary:
    'Measures a start of the whole portal on this checkout, and the peak memory of its backend',

  async run({ quick, workspace, say }) {
    const { startSeconds, backendPeakMb, samples } = await measure({
      args: quick
        ? ['--rounds', '1', '--settle', '1']
        : ['--rounds', `${ROUNDS}`],
      workspace,
      say,
    });
    return {
      result: {
        seconds: startSeconds,
        peakMb: backendPeakMb,
        goalSeconds: GOAL_SECONDS,
        goalMb: GOAL_MB,
        samples,
      },
      holds: startSeconds <= GOAL_SECONDS && backendPeakMb <= GOAL_MB,
    };
  },
};

async function measure(options: {
  args: string[];
  workspace: Workspace;
  say: (line: string) => void;
}): Promise<Measured> {
  const { args, workspace, say } = options;
  const child = spawn(
    process.execPath,
    [join(ROOT, 'scripts/measure-start.mjs'), ...args],
    {
      cwd: ROOT,
      // Its data goes with the workspace.
      env: { ...process.env, TMPDIR: workspace.folder },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  // The portal ends with the script that holds it.
  workspace.onClose(() => {
    child.kill();
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  let last = '';
  for await (const line of createInterface({ input: child.stdout })) {
    if (last) {
      say(last);
    }
    last = line;
  }
  const code = await ended;
  if (code !== 0) {
    throw new Error(`The portal could not be measured: exit code ${code}`);
  }
  return JSON.parse(last);
}
