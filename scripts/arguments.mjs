// Command line options of these scripts. Node's own `util.parseArgs` is younger than the oldest Node that has to
// run them.

/**
 * Reads `--name value`, `--name=value` and `--flag`. `options` maps each name to `{ type, describe }`, where type is
 * 'text', 'number' or 'flag'. Whatever follows `--` and whatever is no option ends up in `rest`.
 *
 * @throws an `Error` with a sentence for people: an unknown option, a missing value, a number that is none
 */
export function parseArguments({ args, options }) {
  const values = {};
  const rest = [];
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index];
    if (arg === '--') {
      rest.push(...args.slice(index + 1));
      break;
    }
    if (!arg.startsWith('--')) {
      rest.push(arg);
      continue;
    }
    const [name, inline] = splitOnce(arg.slice(2), '=');
    const option = options[name];
    if (!option) {
      throw new Error(
        `Unknown option --${name}; there are ${Object.keys(options)
          .map(known => `--${known}`)
          .join(', ')}`,
      );
    }
    if (option.type === 'flag') {
      values[name] = true;
      continue;
    }
    let text = inline;
    if (text === undefined) {
      index += 1;
      text = args[index];
    }
    if (text === undefined) {
      throw new Error(`Option --${name} needs a value`);
    }
    values[name] = option.type === 'number' ? toNumber(name, text) : text;
  }
  return { values, rest };
}

/** The options as lines for people. */
export function describeOptions(options) {
  const width = Math.max(...Object.keys(options).map(name => name.length)) + 2;
  return Object.entries(options)
    .map(
      ([name, { describe }]) => `  ${`--${name}`.padEnd(width + 2)}${describe}`,
    )
    .join('\n');
}

function splitOnce(text, separator) {
  const at = text.indexOf(separator);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

function toNumber(name, text) {
  const number = Number(text);
  if (text.trim() === '' || !Number.isFinite(number) || number < 0) {
    throw new Error(`Option --${name} must be a number, not '${text}'`);
  }
  return number;
}
