import { PlannedGate } from '@agent-tasks/plugin-agent-tasks-common';
import { TemplateContent } from '../templates/TemplateStore';
import { limitsOfChange } from './limitsOfChange';

const list = new Intl.ListFormat('en', { type: 'conjunction' });

/**
 * What a template asks of each change before it is reviewed or merged, in the order in which that comes. Who holds a change
 * to it is said too: so far that is the agent, the branch protection of the repository, and the people who review.
 */
export function gatesOf(
  template: Pick<TemplateContent, 'constraints' | 'review'>,
): PlannedGate[] {
  const { constraints, review = {} } = template;
  const gates: PlannedGate[] = [];
  const limits = limitsOfChange(template);
  const asked = [
    ...(limits.length
      ? [
          `The agent is told that the change ${list.format(limits)}. Whoever reviews it sees whether that is so.`,
        ]
      : []),
    ...(constraints?.forbiddenSecrets?.length
      ? [
          `It is meant for repositories in which the agent can read no secret named like ${list.format(constraints.forbiddenSecrets)}.`,
        ]
      : []),
  ];
  if (asked.length) {
    gates.push({ gate: 'constraints', text: asked.join(' ') });
  }
  if (review.requireApproval) {
    gates.push({
      gate: 'approval',
      text: 'The template asks that somebody other than the requester approves that the change goes to review.',
    });
  }
  if (!review.autoMerge) {
    const approvals = review.minApprovals ?? 1;
    gates.push({
      gate: 'review',
      text: `The template asks that ${approvals === 1 ? 'one person' : `${approvals} people`} ${
        review.reviewers?.length
          ? `of ${list.format(review.reviewers)}`
          : 'from among the owners of the code'
      }, and not the requester, approve${approvals === 1 ? 's' : ''} the change. The branch protection of the repository holds it until enough have.`,
    });
  }
  return gates;
}
