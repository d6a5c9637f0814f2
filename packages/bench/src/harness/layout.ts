import { join, resolve } from 'node:path';
import { resolvePackagePath } from '@backstage/backend-plugin-api';

/** The folder of this package's sources. */
export const SOURCES = resolvePackagePath('@agent-tasks/bench', 'src');

/** The top folder of the checkout. */
export const ROOT = resolve(SOURCES, '../../..');

/** Loads TypeScript sources the way Backstage does in development. */
export const TYPESCRIPT_LOADER = join(
  ROOT,
  'node_modules/@backstage/cli/config/nodeTransform.cjs',
);
