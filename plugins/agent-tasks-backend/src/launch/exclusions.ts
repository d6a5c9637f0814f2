import {
  Exclusion,
  ExclusionReason,
} from '@agent-tasks/plugin-agent-tasks-common';

/** What a sentence about an exclusion may name. */
export interface ExclusionFacts {
  owner?: string;
  candidates?: string[];
  repository?: string;
  host?: string;
  hosts?: string[];
  template?: string;
}

type Sentences = (facts: ExclusionFacts) => [message: string, remedy: string];

const sentences: Record<ExclusionReason, Sentences> = {
  'unknown-component': () => [
    'The catalog holds no such component, or you may not see it.',
    'Check the spelling of the entity ref, such as component:default/name.',
  ],
  'not-permitted': () => [
    'You may not launch tasks on this component.',
    'Ask a member of the owning team to launch it, or a platform admin for the permission agent-tasks.task.create.',
  ],
  'opted-out': () => [
    'The component has opted out of agent tasks.',
    'Its owner can remove the annotation agent-tasks.io/enabled: "false".',
  ],
  'no-owner': () => [
    'The component has no owner, so that no team answers for the change.',
    'Set spec.owner to the group that maintains it.',
  ],
  'owner-not-found': ({ owner }) => [
    `The owner ${owner} is not in the catalog.`,
    'Correct spec.owner, or add the group to the catalog.',
  ],
  'owner-not-a-group': ({ owner }) => [
    `The owner ${owner} is not a group, and belongs to none.`,
    'Set spec.owner to the group that maintains the component.',
  ],
  'owner-ambiguous': ({ owner, candidates }) => [
    owner
      ? `The owner ${owner} belongs to several groups: ${candidates?.join(', ')}.`
      : `The component is owned by several groups: ${candidates?.join(', ')}.`,
    'Set spec.owner to the one group that shall review its changes.',
  ],
  'no-repository': () => [
    'The component names no repository.',
    'Add the annotation github.com/project-slug: owner/repository.',
  ],
  'host-not-supported': ({ host, hosts }) => [
    `Its repository is on ${host}, where no agent works.`,
    `Agents work on ${hosts?.join(', ') || 'no host: install a provider module'}.`,
  ],
  'repository-not-found': ({ repository }) => [
    `The repository ${repository} does not exist, or the service account does not cover it.`,
    'Correct the annotation github.com/project-slug, or ask a platform admin to add the repository to the GitHub App’s installation.',
  ],
  'repository-archived': ({ repository }) => [
    `The repository ${repository} is archived.`,
    'Unarchive it, or remove the component from the catalog.',
  ],
  'template-does-not-apply': ({ template }) => [
    `The template ${template} is not made for components like this one.`,
    'Choose another template; this one’s page says what it applies to.',
  ],
};

/** An exclusion with its sentences. */
export function exclude(
  component: string,
  reason: ExclusionReason,
  facts: ExclusionFacts = {},
): Exclusion {
  const [message, remedy] = sentences[reason](facts);
  return { component, reason, message, remedy };
}
