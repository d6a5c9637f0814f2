/** GitHub's tokens by their prefixes, and anything that is a JSON web token. */
const TOKENS =
  /\b(?:gh[a-z]_|github_pat_)[A-Za-z0-9_.-]+|\beyJ[\w-]+\.[\w-]+\.[\w-]+|\bBearer\s+\S+/gi;
const LONGEST_MESSAGE = 400;

/**
 * Text of another system, made fit for people and logs: on one line, not endless, and without credentials, should it
 * have been so careless as to repeat one.
 */
export function redact(options: {
  text: string;
  /** Credentials of the request, of whatever form they are. */
  secrets?: readonly string[];
}): string {
  let text = options.text;
  for (const secret of options.secrets ?? []) {
    if (secret) {
      text = text.split(secret).join('[redacted]');
    }
  }
  text = text
    .replace(TOKENS, '[redacted]')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  return text.length > LONGEST_MESSAGE
    ? `${text.slice(0, LONGEST_MESSAGE)}…`
    : text;
}
