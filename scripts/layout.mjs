// Where the things of a checkout stand.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The top folder of the checkout. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url)).replace(
  /[\\/]$/,
  '',
);

/** What the scripts put into a checkout; git ignores it, and it can be deleted at any time. */
const OWN = join(ROOT, '.agent-tasks');

/** Node and yarn, where the machine does not have the right ones. */
export const TOOLS = join(OWN, 'tools');

/** Databases, the state of the simulator and the key of its GitHub App. */
export const DATA = join(OWN, 'data');

export const LOGS = join(OWN, 'logs');

export const SETUP_LOCK = join(OWN, 'setup.lock');
