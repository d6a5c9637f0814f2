import { JsonObject, JsonValue } from '@backstage/types';
import type { AgentTaskTemplateEntityV1alpha1 } from './AgentTaskTemplateEntityV1alpha1';
import { checkTemplate } from './checkTemplate';
import { readYaml } from './readYaml';
import { Finding, TemplateProblem } from './TemplateProblem';

/** Problems that are told of one template; more would not be read. */
const mostProblems = 100;

/**
 * Reads the text of a template and says what is wrong with it, and where. The one judge of templates: of the editor in the
 * browser, of the API, of the catalog, and of what is taken over from it.
 *
 * @remarks
 *
 * The text may come from anybody: its size is limited, and so is the time it takes. Nothing in it is run.
 *
 * @param yaml - one document, of at most 256 kB
 * @returns the template, where no problem is an error; and the problems, in the order of the text
 * @public
 */
export function parseTemplate(yaml: string): {
  template?: AgentTaskTemplateEntityV1alpha1;
  problems: TemplateProblem[];
} {
  const { value, problems, locate } = readYaml(yaml);
  if (value === undefined || problems.length) {
    return { problems };
  }
  const told = new Map<string, number>();
  const found = checkTemplate(value)
    .slice(0, mostProblems)
    .map(({ path, message, severity, atKey, part }: Finding) => {
      // A mistake that is made twice stands in two places.
      const number = part === undefined ? 0 : (told.get(part) ?? 0);
      if (part !== undefined) {
        told.set(part, number + 1);
      }
      return {
        ...locate(path, {
          atKey,
          ...(part !== undefined && { part: { text: part, number } }),
        }),
        path,
        message,
        severity,
      };
    })
    .sort((a, b) => a.line - b.line || a.column - b.column);
  return found.some(({ severity }) => severity === 'error')
    ? { problems: found }
    : {
        template: value as unknown as AgentTaskTemplateEntityV1alpha1,
        problems: found,
      };
}

/**
 * What is wrong with a template that is no text any more, such as one from the catalog.
 *
 * @public
 */
export function findTemplateProblems(
  entity: object,
): Pick<TemplateProblem, 'path' | 'message' | 'severity'>[] {
  // As JSON has it: without what is undefined.
  const value: JsonValue = JSON.parse(JSON.stringify(entity));
  return checkTemplate(value as JsonObject)
    .slice(0, mostProblems)
    .map(({ path, message, severity }) => ({ path, message, severity }));
}
