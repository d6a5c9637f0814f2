import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SOURCES } from '../harness/layout';

/** A change of the trace. */
export interface TracedChange {
  team: string;
  repository: string;
  /** When it was opened, in milliseconds since 1970. */
  createdAt: number;
  /** How long it was open, in milliseconds; absent: it was never closed. */
  openFor?: number;
  merged: boolean;
}

/** The copy that comes with the package. */
export const OWN_TRACE = join(SOURCES, '../data/agent-pr-trace.csv');

const COLUMNS = ['team', 'repo', 'created_at', 'closed_at', 'merged'] as const;
const NAME = /^[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$/;
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z$/;

/** More than this is no trace that a run of ten minutes could replay. */
const MAX_CHANGES = 10_000;

/**
 * Reads a trace of the form that `data/README.md` describes.
 *
 * @returns its changes, in the order in which they were opened
 * @throws Error that names the file, the line and what is wrong with it
 */
export function readTrace(file: string): TracedChange[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new Error(
      `The trace ${file} cannot be read: ${(error as NodeJS.ErrnoException).code ?? error}`,
    );
  }
  return parseTrace(text, file);
}

/** The same for a text; `file` is for messages. */
export function parseTrace(text: string, file: string): TracedChange[] {
  const [header, ...lines] = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const names = header.split(',');
  const missing = COLUMNS.filter(column => !names.includes(column));
  if (missing.length) {
    throw new Error(
      `The trace ${file} has no column ${missing.join(', ')}; its first line has to name ${COLUMNS.join(', ')}`,
    );
  }
  const changes = lines.flatMap((line, index) => {
    if (line.trim() === '') {
      return [];
    }
    const problem = (what: string) =>
      new Error(`The trace ${file} is wrong in line ${index + 2}: ${what}`);
    const fields = line.split(',');
    if (line.includes('"')) {
      throw problem('fields must not be quoted');
    }
    if (fields.length !== names.length) {
      throw problem(
        `it has ${fields.length} fields where the first line has ${names.length}`,
      );
    }
    const [team, repository, created, closed, merged] = COLUMNS.map(
      column => fields[names.indexOf(column)],
    );
    for (const [column, name] of [
      ['team', team],
      ['repo', repository],
    ]) {
      if (!NAME.test(name)) {
        throw problem(
          `${column} '${name}' is no name of up to 63 letters, digits, - _ and .`,
        );
      }
    }
    const timeOf = (column: string, value: string) => {
      const time = TIME.test(value) ? Date.parse(value) : NaN;
      if (Number.isNaN(time)) {
        throw problem(
          `${column} '${value}' is no time such as 2025-01-31T08:00:00Z`,
        );
      }
      return time;
    };
    const createdAt = timeOf('created_at', created);
    const openFor = closed
      ? timeOf('closed_at', closed) - createdAt
      : undefined;
    if (openFor !== undefined && openFor < 0) {
      throw problem(`it was closed (${closed}) before it was opened`);
    }
    if (merged !== '0' && merged !== '1') {
      throw problem(`merged is '${merged}', and neither 0 nor 1`);
    }
    if (merged === '1' && openFor === undefined) {
      throw problem('it was merged, and never closed');
    }
    return [{ team, repository, createdAt, openFor, merged: merged === '1' }];
  });
  if (changes.length === 0 || changes.length > MAX_CHANGES) {
    throw new Error(
      `The trace ${file} has ${changes.length} changes; from 1 to ${MAX_CHANGES.toLocaleString('en-US')} can be replayed`,
    );
  }
  return changes.sort((a, b) => a.createdAt - b.createdAt);
}
