import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../harness/layout';

/** Lines of a template that a person would call long. */
const LINES = 200;

const PARAMETERS = '    properties:\n';

/** One more parameter of the form, as people write them. */
function parameter(number: number): string {
  return `      option${number}:
        type: string
        title: Option ${number}
        description: The option with the number ${number}, such as value-${number}.
        pattern: ^[a-z][a-z0-9-]*${number}$
        default: value-${number}
        maxLength: ${100 + number}
`;
}

/** A template of 200 lines: one of those that are shipped, with further parameters in its form. */
export function longTemplate(): string {
  let text = readFileSync(
    join(ROOT, 'catalog/templates/migrate-api.yaml'),
    'utf8',
  );
  const insert = (more: string) => {
    text = text.replace(PARAMETERS, `${PARAMETERS}${more}`);
  };
  for (let number = 1; countLines(text) + 7 <= LINES; number += 1) {
    insert(parameter(number));
  }
  insert('      # Options of the move.\n'.repeat(LINES - countLines(text)));
  return text;
}

/** As editors count them. */
export function countLines(text: string): number {
  return text.trimEnd().split('\n').length;
}
