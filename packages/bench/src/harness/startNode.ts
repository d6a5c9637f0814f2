import { join } from 'node:path';
import { SOURCES, TYPESCRIPT_LOADER } from './layout';
import { ProcessEnd } from './scripts';
import { Workspace } from './Workspace';

/** How much faster time runs in a process, and since when. */
export interface TimeWarp {
  factor: number;
  /** Real milliseconds since 1970. */
  origin: number;
}

/** Starts a script of this package's sources in a process of its own. */
export function startNode(options: {
  workspace: Workspace;
  /** Unique in the workspace; the log is named after it. */
  name: string;
  /** Its path below `src`. */
  script: string;
  args: string[];
  warp?: TimeWarp;
  env?: NodeJS.ProcessEnv;
}): { pid: number; ended: Promise<ProcessEnd>; logFile: string } {
  const { workspace, name, script, args, warp, env } = options;
  const logFile = join(workspace.logs, `${name}.log`);
  const child = workspace.processes.start({
    name,
    command: process.execPath,
    args: [
      '--enable-source-maps',
      '-r',
      TYPESCRIPT_LOADER,
      ...(warp ? ['-r', join(SOURCES, 'harness/timeWarp.ts')] : []),
      join(SOURCES, script),
      ...args,
    ],
    cwd: workspace.folder,
    env: {
      ...process.env,
      NODE_ENV: 'production',
      // A run that starts backends by the dozen compiles their sources once.
      NODE_COMPILE_CACHE: join(workspace.folder, 'compiled'),
      ...(warp && {
        BENCH_TIME_FACTOR: String(warp.factor),
        BENCH_TIME_ORIGIN: String(warp.origin),
      }),
      ...env,
    },
    logFile,
  });
  return { ...child, logFile };
}
