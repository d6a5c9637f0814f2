import {
  findScheduleProblem,
  TriggerRequest,
} from '@agent-tasks/plugin-agent-tasks-common';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import { JsonObject } from '@backstage/types';
import { validateParameters } from '../launch/validateParameters';
import { TemplateRevision } from '../templates/TemplateStore';
import { Expression } from './Expression';
import { githubEvents } from './githubEvents';

/**
 * Checks what a trigger is made from, as far as that is possible without an event.
 *
 * @throws InputError that says what is wrong, and where
 */
export function checkTrigger(options: {
  request: TriggerRequest;
  template: TemplateRevision;
  /** The names of the secrets that there are. */
  secrets: readonly string[];
  now: Date;
}): void {
  const { request, template, now } = options;
  checkOneOf(request);
  if (request.type === 'schedule') {
    const problem = findScheduleProblem({ ...request.schedule!, after: now });
    if (problem) {
      throw new InputError(problem);
    }
    validateParameters({
      template,
      parameters: request.parameters as JsonObject,
    });
    return;
  }
  checkSender(request, options.secrets);
  checkExpressions(request);
  checkNames(request, template);
}

/** The full entity ref of the group that a trigger belongs to. */
export function readOwner(owner: string): string {
  try {
    return stringifyEntityRef(
      parseEntityRef(owner, {
        defaultKind: 'group',
        defaultNamespace: 'default',
      }),
    ).toLocaleLowerCase('en-US');
  } catch {
    throw new InputError(
      `'owner' is '${owner}', which is no entity ref. Write it as group:default/name.`,
    );
  }
}

function checkOneOf(request: TriggerRequest): void {
  const { type, schedule, webhook, components, selection } = request;
  if (type === 'schedule' ? !schedule || webhook : !webhook || schedule) {
    throw new InputError(
      `A trigger of the type '${type}' has a '${type}', and not the other one.`,
    );
  }
  const ways = [components, selection, webhook?.components].filter(
    way => way !== undefined,
  ).length;
  if (ways > 1) {
    throw new InputError(
      "Choose the components in one way: by 'components', by 'selection', or by an expression of the webhook.",
    );
  }
  if (ways === 0 && webhook?.source !== 'github') {
    throw new InputError(
      type === 'schedule'
        ? "Say on which components to launch: by 'components' or by 'selection'."
        : "Say on which components to launch: by 'components', by 'selection', or by an expression of the webhook. Only events of GitHub name a repository by which they are found.",
    );
  }
  if (
    selection &&
    !selection.filter?.some(one => Object.keys(one).length) &&
    !selection.search
  ) {
    throw new InputError(
      "'selection' has neither a filter nor a search: it would choose everything.",
    );
  }
}

function checkSender(
  { webhook }: TriggerRequest,
  secrets: readonly string[],
): void {
  const { source, events, secret } = webhook!;
  if (source === 'github') {
    const unknown = (events ?? []).filter(
      event => !(githubEvents as readonly string[]).includes(event),
    );
    if (!events?.length || unknown.length) {
      throw new InputError(
        `${
          unknown.length
            ? `Triggers take no event '${unknown[0]}'`
            : "'webhook.events' is empty"
        }. Choose of ${githubEvents.join(', ')}.`,
      );
    }
  } else if (events) {
    throw new InputError(
      "'webhook.events' is for GitHub alone: another sender names no event. Use a filter.",
    );
  } else if (secret === undefined) {
    throw new InputError(
      "'webhook.secret' is missing: the name of the secret that the sender signs with.",
    );
  }
  if (secret !== undefined && !secrets.includes(secret)) {
    throw new InputError(
      `There is no secret '${secret}'. A platform admin can set agentTasks.triggers.secrets.${secret} in the configuration; there are: ${
        secrets.join(', ') || 'none'
      }.`,
    );
  }
}

function checkExpressions({ webhook }: TriggerRequest): void {
  const { filter, components, subject, parameters } = webhook!;
  const texts: [string, string | undefined][] = [
    ["'webhook.filter'", filter],
    ["'webhook.components'", components],
    ["'webhook.subject'", subject],
    ...Object.entries(parameters).map(([name, text]): [string, string] => [
      `the parameter '${name}'`,
      text,
    ]),
  ];
  for (const [what, text] of texts) {
    if (text !== undefined) {
      let type: string;
      try {
        ({ type } = Expression.parse(text));
      } catch (error) {
        throw new InputError(`Of ${what}: ${(error as Error).message}`);
      }
      if (what === "'webhook.filter'" && !['bool', 'dyn'].includes(type)) {
        throw new InputError(
          `'webhook.filter' gives a value of the type ${type}; it has to be true or false.`,
        );
      }
    }
  }
}

/** What an event gives is checked when it comes; that the template has such a parameter is known now. */
function checkNames(request: TriggerRequest, template: TemplateRevision): void {
  const schema = template.parameters as {
    properties?: JsonObject;
    required?: string[];
  };
  const given = Object.keys(request.parameters);
  const mapped = Object.keys(request.webhook!.parameters);
  for (const name of [...given, ...mapped]) {
    if (!Object.hasOwn(schema.properties ?? {}, name)) {
      throw new InputError(
        `'${name}' is not a parameter of the template '${template.title}'. It has: ${
          Object.keys(schema.properties ?? {}).join(', ') || 'none'
        }.`,
      );
    }
  }
  const twice = mapped.find(name => given.includes(name));
  if (twice !== undefined) {
    throw new InputError(
      `The parameter '${twice}' has both a value and an expression. Keep one of them.`,
    );
  }
  const missing = (schema.required ?? []).filter(
    name =>
      !given.includes(name) &&
      !mapped.includes(name) &&
      (schema.properties?.[name] as JsonObject | undefined)?.default ===
        undefined,
  );
  if (missing.length) {
    throw new InputError(
      `The template '${template.title}' needs the parameter '${missing[0]}': give it a value or an expression.`,
    );
  }
}
