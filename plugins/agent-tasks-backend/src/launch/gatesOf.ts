import { PlannedGate } from '@agent-tasks/plugin-agent-tasks-common';
import { TemplateContent } from '../templates/TemplateStore';

const list = new Intl.ListFormat('en', { type: 'conjunction' });

function describeConstraints({
  constraints,
}: Pick<TemplateContent, 'constraints'>): string[] {
  if (!constraints) {
    return [];
  }
  const {
    allowedPaths,
    forbiddenPaths,
    maxChangedFiles,
    maxChangedLines,
    forbiddenSecrets,
  } = constraints;
  return [
    ...(allowedPaths?.length
      ? [`touches nothing but ${list.format(allowedPaths)}`]
      : []),
    ...(forbiddenPaths?.length
      ? [`does not touch ${list.format(forbiddenPaths)}`]
      : []),
    ...(maxChangedFiles === undefined
      ? []
      : [`changes at most ${maxChangedFiles} files`]),
    ...(maxChangedLines === undefined
      ? []
      : [`changes at most ${maxChangedLines} lines`]),
    ...(forbiddenSecrets?.length
      ? [
          `comes from a repository without secrets named like ${list.format(forbiddenSecrets)}`,
        ]
      : []),
  ];
}

/** The decisions that each change of a template needs before it is reviewed or merged, in their order. */
export function gatesOf(
  template: Pick<TemplateContent, 'constraints' | 'review'>,
): PlannedGate[] {
  const { review = {} } = template;
  const gates: PlannedGate[] = [];
  const constraints = describeConstraints(template);
  if (constraints.length) {
    gates.push({
      gate: 'constraints',
      text: `Its change is merged only where it ${list.format(constraints)}.`,
    });
  }
  if (review.requireApproval) {
    gates.push({
      gate: 'approval',
      text: 'Its change stays a draft until somebody other than the requester approves that it goes to review.',
    });
  }
  if (!review.autoMerge) {
    const approvals = review.minApprovals ?? 1;
    gates.push({
      gate: 'review',
      text: `${approvals === 1 ? 'One person' : `${approvals} people`} ${
        review.reviewers?.length
          ? `of ${list.format(review.reviewers)}`
          : 'from among the owners of the code'
      } must approve it; not the requester.`,
    });
  }
  return gates;
}
