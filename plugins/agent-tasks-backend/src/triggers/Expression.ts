import { createContext, Script } from 'node:vm';
import { JsonValue } from '@backstage/types';
import { Environment } from '@marcbachmann/cel-js';

/** How long one expression may take, in milliseconds; the time of the whole backend, which does nothing else meanwhile. */
const timeMs = 200;

/** A machine that is busy with something else may stop for longer: what takes too long once is tried again. */
const triesAtMost = 2;

/** How large a result may be, as JSON. */
const longestResult = 64 * 1024;

/** What is known when an expression is evaluated. */
export interface ExpressionVariables {
  /** The event, as the sender wrote it. */
  event: JsonValue;
  /** The kind of event, such as `push`; empty for a sender that names none. */
  kind: string;
  /** `owner/name` of the repository that the event names; empty where it names none. */
  repository: string;
}

/** Says in a sentence why an expression gives nothing. */
export class ExpressionError extends Error {
  readonly name = 'ExpressionError';
}

const environment = new Environment({
  enableOptionalTypes: true,
  homogeneousAggregateLiterals: false,
  limits: { maxAstNodes: 1000, maxDepth: 50 },
})
  .registerVariable('event', 'dyn')
  .registerVariable('kind', 'string')
  .registerVariable('repository', 'string');

/**
 * An expression in CEL (https://cel.dev): it has no functions but those of the language and no loop that does not end, and
 * reaches nothing but its variables. What it may cost is bounded besides, since a pattern or nested lists can take long.
 */
export class Expression {
  readonly #text: string;
  readonly #run: (variables: Record<string, unknown>) => unknown;
  /** What it gives, as far as that is known without an event: `bool`, `string`, `dyn`, … */
  readonly type: string;

  private constructor(options: {
    text: string;
    run: (variables: Record<string, unknown>) => unknown;
    type: string;
  }) {
    this.#text = options.text;
    this.#run = options.run;
    this.type = options.type;
  }

  /** @throws ExpressionError where it cannot be read */
  static parse(text: string): Expression {
    return bounded(text, () => {
      const run = environment.parse(text);
      const checked = run.check();
      if (!checked.valid) {
        throw checked.error ?? new Error('it is not valid');
      }
      return new Expression({ text, run, type: checked.type ?? 'dyn' });
    });
  }

  /** @throws ExpressionError where it fails, takes too long, or gives something that is no JSON */
  evaluate(variables: ExpressionVariables): JsonValue {
    return bounded(this.#text, () => {
      const result = this.#run({ ...variables });
      const json = JSON.stringify(result, toJson);
      if (json === undefined) {
        throw new Error('it gives nothing');
      }
      if (json.length > longestResult) {
        throw new Error(`it gives more than ${longestResult / 1024} kB`);
      }
      return JSON.parse(json);
    });
  }
}

const sandbox: { work?: () => void } = createContext({});
const script = new Script('work()');

/** Only a script can be stopped from outside; this one does nothing but call the work. */
function bounded<T>(text: string, work: () => T): T {
  for (let tries = 1; ; tries += 1) {
    let result: { value: T } | undefined;
    sandbox.work = () => {
      result = { value: work() };
    };
    try {
      script.runInContext(sandbox, { timeout: timeMs });
      return result!.value;
    } catch (error) {
      if (!isTimeout(error) || tries === triesAtMost) {
        throw new ExpressionError(
          `The expression '${shorten(text)}' ${describe(error)}.`,
        );
      }
    } finally {
      sandbox.work = undefined;
    }
  }
}

function isTimeout(error: unknown): boolean {
  return (error as { code?: unknown }).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
}

function describe(error: unknown): string {
  if (isTimeout(error)) {
    return `takes longer than ${timeMs} ms`;
  }
  const { message } = error as { message?: unknown };
  // Below the first line stands the place in the text.
  const [reason] = String(message).split('\n');
  return `does not work: ${reason}`;
}

function toJson(this: unknown, _key: string, value: unknown): unknown {
  if (typeof value === 'bigint') {
    const number = Number(value);
    if (!Number.isSafeInteger(number)) {
      throw new Error('it gives a number that is too large');
    }
    return number;
  }
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new Error('it gives a number that is none');
  }
  if (value instanceof Map) {
    return Object.fromEntries(value);
  }
  if (
    value === null ||
    typeof value !== 'object' ||
    Array.isArray(value) ||
    isPlain(value)
  ) {
    return value;
  }
  throw new Error('it gives something other than text, numbers and lists');
}

function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function shorten(text: string): string {
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}
