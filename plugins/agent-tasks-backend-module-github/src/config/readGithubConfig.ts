import { createPrivateKey } from 'node:crypto';
import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { z, ZodIssue } from 'zod';
import { closestKey } from './closestKey';

const ROOT = 'agentTasks.github';
const WEBHOOK_SECRET = 'webhookSecret';

/** The private key of the GitHub App: the key itself, or the file that will hold it. */
export type PrivateKeySource =
  { type: 'inline'; pem: string } | { type: 'file'; path: string };

/** The settings below `agentTasks.github`. */
export interface GithubConfig {
  host: string;
  /** Without a slash at its end. */
  apiBaseUrl: string;
  starter: { token: string };
  app: {
    appId: number;
    privateKey: PrivateKeySource;
    installationId?: number;
  };
}

// Values that come from environment variables are strings.
const idSchema = z.union([
  z.number().int().positive(),
  z
    .string()
    .regex(/^[1-9]\d{0,14}$/)
    .transform(Number),
]);

const starterSchema = z
  .object({
    token: z
      .string()
      .trim()
      .min(1)
      .regex(/^[\x21-\x7e]+$/),
  })
  .strict();

const appSchema = z
  .object({
    appId: idSchema,
    privateKey: z.string().min(1).optional(),
    privateKeyFile: z.string().min(1).optional(),
    installationId: idSchema.optional(),
  })
  .strict();

const githubSchema = z
  .object({
    host: z
      .string()
      .regex(/^[a-z0-9][a-z0-9.-]*(:\d+)?$/i)
      .default('github.com'),
    apiBaseUrl: z.string().min(1).optional(),
    starter: starterSchema,
    app: appSchema,
  })
  .strict();

const KNOWN_KEYS: Record<string, string[]> = {
  '': Object.keys(githubSchema.shape),
  starter: Object.keys(starterSchema.shape),
  app: Object.keys(appSchema.shape),
};

/** What a value has to be, by its path. Values themselves are never named: some of them are secrets. */
const EXPECTATIONS: Record<string, string> = {
  '': 'must be an object',
  host: 'must be a host name such as github.com',
  apiBaseUrl: 'must be an address such as https://api.github.com',
  starter: 'must be an object with the key token',
  'starter.token': 'must be a token: text without spaces',
  app: 'must be an object with the keys appId and privateKey or privateKeyFile',
  'app.appId': "must be the App's id: a whole number",
  'app.privateKey': 'must be a private key in PEM format',
  'app.privateKeyFile': 'must be the path of a file',
  'app.installationId': "must be the installation's id: a whole number",
};

/**
 * Reads the settings below `agentTasks.github`.
 *
 * @throws InputError that names the full path of every key that is unknown, missing or wrong, one to a line, and
 * never a value.
 */
export function readGithubConfig(options: { config: Config }): GithubConfig {
  const raw = options.config.getOptional(ROOT);
  if (raw === undefined || raw === null) {
    throw new InputError(
      `${ROOT}: missing; it holds the credentials for GitHub, see the README of @agent-tasks/plugin-agent-tasks-backend-module-github`,
    );
  }
  const parsed = githubSchema.safeParse(raw);
  if (!parsed.success) {
    throw new InputError(parsed.error.issues.flatMap(describeIssue).join('\n'));
  }
  const { host, starter, app } = parsed.data;
  return {
    host: host.toLocaleLowerCase('en-US'),
    apiBaseUrl: readApiBaseUrl({ host, apiBaseUrl: parsed.data.apiBaseUrl }),
    starter,
    app: {
      appId: app.appId,
      privateKey: readPrivateKey(app),
      installationId: app.installationId,
    },
  };
}

/** A key in PEM format, also where an environment variable holds it with `\n` for its line ends. */
export function normalizePem(pem: string): string {
  return pem.replace(/\\n/g, '\n').trim();
}

/** Whether text is a private key that can sign for an App. */
export function isPrivateKey(pem: string): boolean {
  try {
    return createPrivateKey(pem).asymmetricKeyType === 'rsa';
  } catch {
    return false;
  }
}

function describeIssue(issue: ZodIssue): string[] {
  const path = issue.path.join('.');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map(key => describeUnknownKey(path, key));
  }
  if (issue.code === 'invalid_type' && issue.received === 'undefined') {
    return [
      `${fullPath(path)}: missing; if it refers to an environment variable, set that`,
    ];
  }
  if (
    issue.code === 'invalid_union' &&
    issue.unionErrors.every(error =>
      error.issues.some(
        inner =>
          inner.code === 'invalid_type' && inner.received === 'undefined',
      ),
    )
  ) {
    return [
      `${fullPath(path)}: missing; if it refers to an environment variable, set that`,
    ];
  }
  return [`${fullPath(path)}: ${EXPECTATIONS[path] ?? 'is not valid'}`];
}

function describeUnknownKey(path: string, key: string): string {
  const at = fullPath(path ? `${path}.${key}` : key);
  if (key === WEBHOOK_SECRET) {
    return `${at}: unknown key; the secret of webhooks belongs to events.modules.github.webhookSecret`;
  }
  const known = KNOWN_KEYS[path] ?? [];
  const meant = closestKey({ key, known });
  return meant
    ? `${at}: unknown key, did you mean '${meant}'?`
    : `${at}: unknown key; known are ${known.join(', ')}`;
}

function readApiBaseUrl(options: {
  host: string;
  apiBaseUrl?: string;
}): string {
  const path = fullPath('apiBaseUrl');
  if (options.apiBaseUrl === undefined) {
    if (options.host.toLocaleLowerCase('en-US') !== 'github.com') {
      throw new InputError(
        `${path}: missing; it is needed where host is not github.com`,
      );
    }
    return 'https://api.github.com';
  }
  let url: URL;
  try {
    url = new URL(options.apiBaseUrl);
  } catch {
    throw new InputError(`${path}: ${EXPECTATIONS.apiBaseUrl}`);
  }
  if (url.username || url.password || url.search || url.hash) {
    throw new InputError(
      `${path}: must hold neither a user, a query nor a fragment`,
    );
  }
  const loopback = /^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\])$/.test(
    url.hostname,
  );
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && loopback)) {
    throw new InputError(
      `${path}: must begin with https://, since tokens are sent; http:// is taken for localhost alone`,
    );
  }
  return url.href.replace(/\/+$/, '');
}

function readPrivateKey(app: {
  privateKey?: string;
  privateKeyFile?: string;
}): PrivateKeySource {
  if (app.privateKey !== undefined && app.privateKeyFile !== undefined) {
    throw new InputError(
      `${fullPath('app.privateKeyFile')}: stands beside privateKey; keep one of them`,
    );
  }
  if (app.privateKeyFile !== undefined) {
    return { type: 'file', path: app.privateKeyFile };
  }
  if (app.privateKey === undefined) {
    throw new InputError(
      `${fullPath('app.privateKey')}: missing, and so is privateKeyFile; give one of them; if it refers to an environment variable, set that`,
    );
  }
  const pem = normalizePem(app.privateKey);
  if (!isPrivateKey(pem)) {
    throw new InputError(
      `${fullPath('app.privateKey')}: ${EXPECTATIONS['app.privateKey']} (RSA), as GitHub lets one download it`,
    );
  }
  return { type: 'inline', pem };
}

function fullPath(path: string): string {
  return path ? `${ROOT}.${path}` : ROOT;
}
