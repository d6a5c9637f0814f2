// One line of progress per step, for a terminal and for a log file alike.
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';

/** A step that failed, with what a person needs in order to go on. */
export class StepFailure extends Error {
  /**
   * `remedy` is a sentence that says what to do; `logFile` is where the output of the step stands, of which the last
   * lines are shown.
   */
  constructor(message, { remedy, logFile, cause } = {}) {
    super(message, { cause });
    this.name = 'StepFailure';
    this.remedy = remedy;
    this.logFile = logFile;
  }
}

const LOG_LINES_SHOWN = 25;
const ANSI = /\u001b\[[0-9;]*[A-Za-z]/g;

export class Progress {
  #out;
  #live;
  #startedAt;
  #running = new Map();
  #shown = false;
  #timer;

  constructor({ out = process.stdout } = {}) {
    this.#out = out;
    this.#live = Boolean(out.isTTY) && !process.env.CI;
    this.#startedAt = Date.now();
  }

  /** Seconds since this progress began. */
  elapsedSeconds() {
    return (Date.now() - this.#startedAt) / 1000;
  }

  /**
   * Runs one step. What `work` returns as `line` becomes the line of the step (`title` where it returns nothing);
   * steps that took longer than a second say how long.
   */
  async step(title, work) {
    const key = Symbol(title);
    const begin = Date.now();
    this.#running.set(key, { title, begin });
    this.#refresh();
    try {
      const result = await work();
      const seconds = (Date.now() - begin) / 1000;
      const took = seconds >= 1 ? ` (${formatSeconds(seconds)})` : '';
      this.#running.delete(key);
      this.line(`✓ ${result?.line ?? title}${took}`);
      return result;
    } catch (error) {
      this.#running.delete(key);
      this.#clear();
      throw error;
    } finally {
      this.#refresh();
    }
  }

  /** Shows `title` as what is going on while `work` runs, and leaves no line behind. */
  async while(title, work) {
    const key = Symbol(title);
    this.#running.set(key, { title, begin: Date.now() });
    this.#refresh();
    try {
      return await work();
    } finally {
      this.#running.delete(key);
      this.#refresh();
    }
  }

  line(text) {
    this.#clear();
    this.#out.write(`${text}\n`);
    this.#refresh();
  }

  /** Says what failed, with the end of its log and what to do about it. */
  failure(error) {
    this.#clear();
    this.#running.clear();
    this.#refresh();
    const lines = [`✗ ${error.message}`];
    if (!(error instanceof StepFailure)) {
      lines.push(indent(error.stack ?? ''));
    }
    if (error.logFile) {
      lines.push(indent(lastLines(error.logFile)));
      lines.push(
        `  The whole log: ${relative(process.cwd(), error.logFile) || '.'}`,
      );
    }
    if (error.remedy) {
      lines.push(`  What to do: ${error.remedy}`);
    }
    this.#out.write(`${lines.filter(Boolean).join('\n')}\n`);
  }

  #refresh() {
    if (!this.#live) {
      return;
    }
    if (this.#running.size === 0) {
      clearInterval(this.#timer);
      this.#timer = undefined;
      this.#clear();
      return;
    }
    if (!this.#timer) {
      this.#timer = setInterval(() => this.#draw(), 500);
      this.#timer.unref();
    }
    this.#draw();
  }

  #draw() {
    this.#clear();
    const text = [...this.#running.values()]
      .map(
        ({ title, begin }) =>
          `${title} (${Math.floor((Date.now() - begin) / 1000)} s)`,
      )
      .join(' · ');
    this.#out.write(`… ${text}`.slice(0, (this.#out.columns ?? 80) - 1));
    this.#shown = true;
  }

  #clear() {
    if (this.#shown) {
      this.#out.write('\r\u001b[K');
      this.#shown = false;
    }
  }
}

export function formatSeconds(seconds) {
  return seconds < 10 ? `${seconds.toFixed(1)} s` : `${Math.round(seconds)} s`;
}

export function lastLines(file, count = LOG_LINES_SHOWN) {
  try {
    return readFileSync(file, 'utf8')
      .replace(ANSI, '')
      .trimEnd()
      .split('\n')
      .slice(-count)
      .join('\n');
  } catch {
    return '(no output)';
  }
}

function indent(text) {
  return text.replace(/^/gm, '  │ ');
}
