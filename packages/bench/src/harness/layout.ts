import { join, resolve } from 'node:path';

/** The top folder of the checkout. */
export const ROOT = resolve(__dirname, '../../../..');

/** Loads TypeScript sources the way Backstage does in development. */
export const TYPESCRIPT_LOADER = join(
  ROOT,
  'node_modules/@backstage/cli/config/nodeTransform.cjs',
);

/** The folder of this package's sources. */
export const SOURCES = resolve(__dirname, '..');
