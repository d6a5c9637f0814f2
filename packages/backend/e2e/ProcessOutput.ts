import { inspect } from 'node:util';
import { RootLoggerService } from '@backstage/backend-plugin-api';

type Level = 'debug' | 'info' | 'warn' | 'error';

/**
 * Keeps all that this process says: what is logged, of any level, with everything that hangs on it and before any
 * redaction, and what is written to the console, to stdout and to stderr.
 */
export class ProcessOutput {
  readonly #lines: string[] = [];
  readonly #restore: (() => void)[] = [];

  private constructor() {}

  static record(): ProcessOutput {
    const output = new ProcessOutput();
    for (const stream of [process.stdout, process.stderr]) {
      output.#intercept(stream, 'write');
    }
    for (const method of ['debug', 'info', 'log', 'warn', 'error', 'trace']) {
      output.#intercept(console, method);
    }
    return output;
  }

  get text(): string {
    return this.#lines.join('\n');
  }

  /** A logger that says nothing to anybody else. */
  createLogger(): RootLoggerService {
    const child = (fields: object): RootLoggerService => {
      const log = (level: Level) => (message: string, meta?: unknown) =>
        this.#keep([level, fields, message, meta]);
      return {
        debug: log('debug'),
        info: log('info'),
        warn: log('warn'),
        error: log('error'),
        child: more => child({ ...fields, ...more }),
      };
    };
    return child({});
  }

  stop(): void {
    this.#restore.forEach(restore => restore());
  }

  #keep(parts: unknown[]): void {
    this.#lines.push(parts.map(toText).join(' '));
  }

  #intercept(target: object, name: string): void {
    const original = Reflect.get(target, name) as (
      ...parameters: unknown[]
    ) => unknown;
    Reflect.set(target, name, (...parameters: unknown[]) => {
      this.#keep(parameters);
      return original.apply(target, parameters);
    });
    this.#restore.push(() => Reflect.set(target, name, original));
  }
}

function toText(part: unknown): string {
  if (typeof part === 'string') {
    return part;
  }
  if (part instanceof Uint8Array) {
    return Buffer.from(part).toString('utf8');
  }
  // Hidden properties and causes of errors too: another logger may print them.
  return inspect(part, {
    depth: 12,
    showHidden: true,
    maxStringLength: null,
    maxArrayLength: null,
  });
}
