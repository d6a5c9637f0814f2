import { fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { PortalAddresses, readAddresses, writeAddresses } from './addresses';

const START_SCRIPT = resolve(__dirname, '../../../scripts/start.mjs');

/** Short, so that tests are; long enough that a person, and a test, can see the task run. */
const AGENT_SECONDS = 4;

/** Libraries beside the demo organisation, for campaigns. */
const FLEET = 60;

/**
 * Starts the portal as `npm start` does, on free ports, with data of its own. Where the environment names a portal that
 * runs already, the tests use that one.
 */
export default async function startPortal() {
  if (readAddresses()) {
    return undefined;
  }
  const folder = await mkdtemp(join(tmpdir(), 'agent-tasks-browser-'));
  const script = fork(
    START_SCRIPT,
    [
      '--free-ports',
      ...['--data', join(folder, 'data')],
      ...['--logs', resolve(__dirname, '../../../.agent-tasks/logs/browser')],
      ...['--agent-duration', String(AGENT_SECONDS)],
      ...['--fleet', String(FLEET)],
    ],
    { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] },
  );
  const ended = new Promise<void>(done => {
    script.once('exit', () => done());
  });

  const addresses = await new Promise<PortalAddresses>((done, fail) => {
    script.once('message', (message: { addresses: PortalAddresses }) =>
      done(message.addresses),
    );
    script.once('exit', () =>
      fail(new Error('The portal did not start; its output is above')),
    );
  });
  writeAddresses(addresses);

  return async function stopPortal() {
    // The script ends everything when nobody is at the other end any more.
    script.disconnect();
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
}
