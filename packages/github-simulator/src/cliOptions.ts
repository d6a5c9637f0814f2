import { parseArgs } from 'util';

/** What the command line asks for. */
export interface CliOptions {
  port: number;
  host: string;
  /** YAML or JSON file with an organisation. */
  seed?: string;
  /** Where the App's private key is, or is written to. */
  appKeyFile?: string;
  /** Where everything is kept from one run to the next. */
  data?: string;
  agentSeconds?: { min: number; max: number };
  agentCapacity?: number;
  webhookUrl?: string;
  webhookSecret?: string;
  randomSeed?: number;
}

export const USAGE = `Usage: github-simulator [options]

  --port NUMBER            port to listen on (7010; 0: any free one)
  --host NAME              address to listen on (localhost)
  --seed FILE              organisation to begin with, as YAML or JSON
  --data FILE              keeps everything in this file, and goes on from it at the next start
  --app-key-file FILE      private key of the GitHub App: read, or made and written there
  --agent-duration A..B    seconds that the agent works on a task (A: always that long)
  --agent-capacity NUMBER  tasks that the agent works on at once
  --webhook-url URL        where the App's webhooks go
  --webhook-secret TEXT    what they are signed with, instead of the seed's
  --random-seed NUMBER     seed of the random generator: the same one, the same run
  --help                   shows this
`;

/**
 * Reads the arguments after the command's name.
 *
 * @returns `undefined` when they ask for help
 * @throws an `Error` with a sentence for people
 */
export function parseCliOptions(args: string[]): CliOptions | undefined {
  const { values } = parseArgs({
    args,
    options: {
      port: { type: 'string' },
      host: { type: 'string' },
      seed: { type: 'string' },
      data: { type: 'string' },
      'app-key-file': { type: 'string' },
      'agent-duration': { type: 'string' },
      'agent-capacity': { type: 'string' },
      'webhook-url': { type: 'string' },
      'webhook-secret': { type: 'string' },
      'random-seed': { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    return undefined;
  }
  const webhookUrl = values['webhook-url'];
  if (webhookUrl !== undefined && !/^https?:\/\/[^/]/.test(webhookUrl)) {
    throw new Error(`--webhook-url is no http address: ${webhookUrl}`);
  }
  return {
    port: wholeNumber('--port', values.port, 65_535) ?? 7010,
    host: values.host ?? 'localhost',
    seed: values.seed,
    data: values.data,
    appKeyFile: values['app-key-file'],
    agentSeconds: range('--agent-duration', values['agent-duration']),
    agentCapacity: wholeNumber('--agent-capacity', values['agent-capacity']),
    webhookUrl,
    webhookSecret: values['webhook-secret'],
    randomSeed: wholeNumber('--random-seed', values['random-seed']),
  };
}

function wholeNumber(
  name: string,
  value: string | undefined,
  max = Number.MAX_SAFE_INTEGER,
): number | undefined {
  if (value === undefined) {
    return undefined;
  }
  if (!/^\d+$/.test(value) || Number(value) > max) {
    throw new Error(`${name} is no whole number up to ${max}: ${value}`);
  }
  return Number(value);
}

function range(
  name: string,
  value: string | undefined,
): { min: number; max: number } | undefined {
  if (value === undefined) {
    return undefined;
  }
  const match = /^(\d+(?:\.\d+)?)(?:\.\.(\d+(?:\.\d+)?))?$/.exec(value);
  const min = Number(match?.[1]);
  const max = Number(match?.[2] ?? match?.[1]);
  if (!match || max < min) {
    throw new Error(`${name} is no range of seconds such as 8..20: ${value}`);
  }
  return { min, max };
}
