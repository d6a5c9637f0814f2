import { JsonObject, JsonValue } from '@backstage/types';
import { findPromptMistakes } from '../prompt';
import type { AgentTaskTemplateEntityV1alpha1 } from './AgentTaskTemplateEntityV1alpha1';
import { agentTaskTemplateSchema } from './agentTaskTemplateSchema';
import { checkParameters } from './checkParameters';
import { checkShape } from './checkShape';
import { Finding, pointTo, toName } from './TemplateProblem';

/** Words that stand for something else in the addresses of the API. */
const reservedNames = ['schema', 'validate', 'preview'];

type Spec = AgentTaskTemplateEntityV1alpha1['spec'];

function error(path: string, message: string): Finding {
  return { path, message: `${toName(path)} ${message}`, severity: 'error' };
}

function warning(path: string, message: string): Finding {
  return { path, message: `${toName(path)} ${message}`, severity: 'warning' };
}

/** Everything that is wrong with a template, in the order of the schema. What has no shape is not looked into further. */
export function checkTemplate(value: JsonValue): Finding[] {
  const findings = checkShape(value, agentTaskTemplateSchema);
  const hasProblem = (path: string) =>
    findings.some(
      ({ path: at }) => at === path || at.startsWith(`${path}/`) || at === '',
    );
  const { metadata, spec } = (value ?? {}) as unknown as {
    metadata?: JsonObject;
    spec?: Spec;
  };
  const further: Finding[] = [];
  if (!hasProblem('/metadata/name') && metadata) {
    further.push(...checkName(String(metadata.name)));
  }
  if (!hasProblem('/metadata/tags') && Array.isArray(metadata?.tags)) {
    further.push(...checkTags(metadata.tags as string[]));
  }
  if (!hasProblem('/spec/owner') && spec) {
    further.push(...checkPerson('/spec/owner', spec.owner));
  }
  if (!hasProblem('/spec/parameters') && spec) {
    const ofParameters = checkParameters(spec.parameters, '/spec/parameters');
    further.push(...ofParameters);
    if (!ofParameters.length && !hasProblem('/spec/prompt')) {
      further.push(...checkPrompt(spec));
    }
  }
  const has = (section: keyof Spec) =>
    spec?.[section] !== undefined && !hasProblem(`/spec/${section}`);
  if (has('constraints')) {
    further.push(...checkConstraints(spec!.constraints!));
  }
  if (has('review')) {
    further.push(...checkReview(spec!.review!));
  }
  if (has('batching')) {
    further.push(...checkBatching(spec!.batching!));
  }
  if (has('rollout')) {
    further.push(...checkRollout(spec!.rollout!));
  }
  return [...findings, ...further];
}

function checkName(name: string): Finding[] {
  const path = '/metadata/name';
  if (!/^[a-z0-9A-Z]+([-_.][a-z0-9A-Z]+)*$/.test(name)) {
    return [
      error(
        path,
        `must be letters and digits, with single - _ . between them, such as bump-dependency; it is ${JSON.stringify(name)}.`,
      ),
    ];
  }
  return reservedNames.includes(name)
    ? [error(path, `must not be '${name}': the API uses that word.`)]
    : [];
}

function checkTags(tags: string[]): Finding[] {
  return tags.flatMap((tag, index) =>
    tag.length <= 63 && /^[a-z0-9:+#]+(-[a-z0-9:+#]+)*$/.test(tag)
      ? []
      : [
          error(
            pointTo('/metadata/tags', index),
            `must be lower-case letters, digits and : + #, with single - between them, at most 63; it is ${JSON.stringify(tag)}.`,
          ),
        ],
  );
}

/** `kind:namespace/name`, of which the name alone has to be there. */
const entityRef = /^(?:([^:/\s]+):)?(?:[^:/\s]+\/)?[^:/\s]+$/;

// The catalog's own parser brings a validator along that makes code at run time, which a browser may forbid.
function checkPerson(path: string, ref: string): Finding[] {
  const remedy = 'Name a group or a user, such as group:default/team-platform.';
  const match = entityRef.exec(ref);
  if (!match) {
    return [error(path, `is '${ref}', which is no entity ref. ${remedy}`)];
  }
  const kind = match[1] ?? 'group';
  return ['group', 'user'].includes(kind.toLowerCase())
    ? []
    : [error(path, `is '${ref}', a ${kind}. ${remedy}`)];
}

function checkPrompt(spec: Spec): Finding[] {
  return findPromptMistakes({
    prompt: spec.prompt,
    parameters: spec.parameters,
  }).map(({ message, part }) => ({
    path: '/spec/prompt',
    message: `${message}.`,
    severity: 'error',
    part,
  }));
}

function checkGlobs(path: string, globs: string[]): Finding[] {
  return globs.flatMap((glob, index) => {
    const at = pointTo(path, index);
    if (glob.startsWith('/') || glob.startsWith('./')) {
      return [
        error(
          at,
          `begins at the root of the repository anyway. Write '${glob.replace(/^\.?\/+/, '')}'.`,
        ),
      ];
    }
    if (glob.split('/').includes('..')) {
      return [
        error(at, "must not hold '..': a change cannot leave its repository."),
      ];
    }
    return [];
  });
}

function checkConstraints(
  constraints: NonNullable<Spec['constraints']>,
): Finding[] {
  const path = '/spec/constraints';
  const { allowedPaths = [], forbiddenPaths = [] } = constraints;
  return [
    ...checkGlobs(`${path}/allowedPaths`, allowedPaths),
    ...checkGlobs(`${path}/forbiddenPaths`, forbiddenPaths),
    ...allowedPaths.flatMap((glob, index) =>
      forbiddenPaths.includes(glob)
        ? [
            error(
              pointTo(`${path}/allowedPaths`, index),
              `is '${glob}', which is forbidden below. Remove one of the two.`,
            ),
          ]
        : [],
    ),
  ];
}

function checkReview(review: NonNullable<Spec['review']>): Finding[] {
  const path = '/spec/review';
  return [
    ...(review.reviewers ?? []).flatMap((ref, index) =>
      checkPerson(pointTo(`${path}/reviewers`, index), ref),
    ),
    ...(review.autoMerge && review.requireApproval
      ? [
          warning(
            `${path}/autoMerge`,
            'has no effect as long as requireApproval is true: somebody approves every change.',
          ),
        ]
      : []),
  ];
}

function checkBatching(batching: NonNullable<Spec['batching']>): Finding[] {
  return batching.perRepository === false && batching.windowSeconds
    ? [
        warning(
          '/spec/batching/windowSeconds',
          'has no effect as long as perRepository is false: tasks do not join.',
        ),
      ]
    : [];
}

function checkRollout(rollout: NonNullable<Spec['rollout']>): Finding[] {
  const path = '/spec/rollout';
  const findings: Finding[] = [];
  const { waves = [], stopOn } = rollout;
  waves.forEach((wave, index) => {
    const at = pointTo(`${path}/waves`, index);
    const before = waves[index - 1];
    if (typeof wave === 'number' && typeof before === 'string') {
      findings.push(
        error(at, `is a number after a share. Write numbers first: 1, 5, 25%.`),
      );
    } else if (
      before !== undefined &&
      typeof wave === typeof before &&
      parseFloat(String(wave)) <= parseFloat(String(before))
    ) {
      findings.push(
        error(at, `is ${wave}, which is not more than ${before} before it.`),
      );
    }
  });
  if (waves.length && waves.at(-1) !== '100%') {
    findings.push(
      error(
        pointTo(`${path}/waves`, waves.length - 1),
        `is the last wave and must be 100%, so that every task has its turn; it is ${waves.at(-1)}.`,
      ),
    );
  }
  const rules = Object.keys(stopOn ?? {}).filter(key => key !== 'minTasks');
  if (stopOn && !rules.length) {
    findings.push(
      error(
        `${path}/stopOn`,
        'has no rule. Add one such as failedPercent: 20, or remove it.',
      ),
    );
  }
  if (waves.length < 2) {
    const idle = [
      rollout.continue && 'continue',
      rollout.soakSeconds && 'soakSeconds',
      rules.length && 'stopOn',
    ].filter(Boolean);
    if (idle.length) {
      findings.push(
        warning(
          `${path}/${idle[0]}`,
          'has no effect without at least two waves: all tasks are released at once.',
        ),
      );
    }
  }
  return findings;
}
