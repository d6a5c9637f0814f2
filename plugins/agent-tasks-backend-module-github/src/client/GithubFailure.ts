import { RedirectRefusedError } from './pooledFetch';

/** In what way a request failed, without anything of the request itself. */
export type GithubFailure =
  | {
      kind: 'answer';
      status: number;
      /** Names in lower case. */
      headers: Readonly<Record<string, string>>;
      message: string;
    }
  /** The connection was not made, so nothing was sent. */
  | { kind: 'not_connected'; code: string }
  /** The connection broke, or something else went wrong, after the request may have been sent. */
  | { kind: 'interrupted'; code: string }
  /** The caller ended the request. */
  | { kind: 'aborted'; sent: boolean }
  | { kind: 'redirected'; message: string }
  /** The answer says that all is well and is not what the contract promises. */
  | { kind: 'unreadable'; message: string };

/** Codes of errors before the first byte of a request can have left. */
const NOT_CONNECTED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/**
 * Takes from an error of Octokit what tells how it failed, and leaves the rest behind: such an error holds the
 * request with its Authorization header, so it must go no further.
 */
export function toGithubFailure(error: unknown): GithubFailure {
  const chain = causesOf(error);
  const answer = chain.map(readAnswer).find(found => found !== undefined);
  if (answer) {
    return answer;
  }
  const redirect = chain.find(link => link instanceof RedirectRefusedError);
  if (redirect instanceof RedirectRefusedError) {
    return { kind: 'redirected', message: redirect.message };
  }
  if (
    chain.some(link => ['AbortError', 'TimeoutError'].includes(nameOf(link)))
  ) {
    return { kind: 'aborted', sent: true };
  }
  const codes = chain.map(codeOf).filter(code => code !== undefined);
  const notConnected = codes.find(code => NOT_CONNECTED.has(code));
  return notConnected
    ? { kind: 'not_connected', code: notConnected }
    : { kind: 'interrupted', code: codes.at(-1) ?? 'no reason given' };
}

function readAnswer(error: unknown): GithubFailure | undefined {
  const response = read(error, 'response');
  const status = read(response, 'status');
  if (typeof status !== 'number') {
    return undefined;
  }
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(read(response, 'headers') ?? {})) {
    headers[name.toLocaleLowerCase('en-US')] = String(value);
  }
  const message = read(read(response, 'data'), 'message');
  return {
    kind: 'answer',
    status,
    headers,
    message: typeof message === 'string' ? message : '',
  };
}

/** The error and its causes, outermost first. */
function causesOf(error: unknown): unknown[] {
  const chain: unknown[] = [];
  for (
    let current = error;
    current !== undefined && current !== null && chain.length < 8;
    current = read(current, 'cause')
  ) {
    chain.push(current);
  }
  return chain;
}

function nameOf(error: unknown): string {
  return String(read(error, 'name') ?? '');
}

function codeOf(error: unknown): string | undefined {
  const code = read(error, 'code');
  return typeof code === 'string' && /^[A-Z_0-9]+$/.test(code)
    ? code
    : undefined;
}

function read(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null
    ? Reflect.get(value, key)
    : undefined;
}
