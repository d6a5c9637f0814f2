import {
  type AgentTaskTemplateEntityV1alpha1,
  parseTemplate,
  type TemplateProblem,
} from '@agent-tasks/plugin-agent-tasks-common';
import { useDeferredValue, useEffect, useMemo, useState } from 'react';

/** From so many letters on, reading takes long enough to be felt between two keystrokes. */
const LONG_TEXT = 40_000;

/** A pause in typing. */
const PAUSE_MS = 200;

/** A text as it was read. */
export interface ParsedTemplate {
  /** What was read. */
  text: string;
  /** Absent where the text has errors. */
  template?: AgentTaskTemplateEntityV1alpha1;
  problems: TemplateProblem[];
}

/**
 * Reads a text as one types, behind the keystrokes: a short one after each of them, a long one when there is a pause.
 */
export function useParsedTemplate(options: {
  text: string;
  /** The name that the template has to have, where there is one already. */
  name?: string;
}): ParsedTemplate {
  const { text, name } = options;
  const deferred = useDeferredValue(text);
  const [settled, setSettled] = useState(text);
  const isLong = deferred.length > LONG_TEXT;
  useEffect(() => {
    if (!isLong) {
      return undefined;
    }
    const timer = setTimeout(() => setSettled(deferred), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [deferred, isLong]);
  const wanted = isLong ? settled : deferred;
  return useMemo(() => {
    const parsed = parseTemplate(wanted);
    return { text: wanted, ...parsed, ...checkName({ parsed, name, wanted }) };
  }, [wanted, name]);
}

/** Another name would make another template, and revisions belong to one. */
function checkName(options: {
  parsed: ReturnType<typeof parseTemplate>;
  name: string | undefined;
  wanted: string;
}): Partial<ParsedTemplate> {
  const { parsed, name, wanted } = options;
  const { namespace = 'default', name: written } =
    parsed.template?.metadata ?? {};
  const found = namespace === 'default' ? written : `${namespace}/${written}`;
  if (!parsed.template || name === undefined || found === name) {
    return {};
  }
  const lines = wanted.split('\n');
  const metadata = lines.findIndex(line => line.startsWith('metadata:'));
  const line = lines.findIndex(
    (one, index) => index >= metadata && /^\s*["']?name["']?\s*:/.test(one),
  );
  return {
    template: undefined,
    problems: [
      {
        line: Math.max(line, 0) + 1,
        column: Math.max(lines[line]?.indexOf('name') ?? 0, 0) + 1,
        path: '/metadata/name',
        message: `This is the template '${name}', and its name cannot be changed. Write '${name}' again; to have another name, duplicate the template.`,
        severity: 'error',
      },
      ...parsed.problems,
    ],
  };
}
