import { Prompt } from '@agent-tasks/plugin-agent-tasks-common';
import { TemplateContent } from '../templates/TemplateStore';

const list = new Intl.ListFormat('en', { type: 'conjunction' });

/** What a template's constraints ask of a change, each so that it goes on from `the change`. */
export function limitsOfChange({
  constraints,
}: Pick<TemplateContent, 'constraints'>): string[] {
  const { allowedPaths, forbiddenPaths, maxChangedFiles, maxChangedLines } =
    constraints ?? {};
  return [
    ...(allowedPaths?.length
      ? [`touches nothing but ${list.format(allowedPaths)}`]
      : []),
    ...(forbiddenPaths?.length
      ? [`does not touch ${list.format(forbiddenPaths)}`]
      : []),
    ...(maxChangedFiles === undefined
      ? []
      : [
          `changes at most ${maxChangedFiles} file${maxChangedFiles === 1 ? '' : 's'}`,
        ]),
    ...(maxChangedLines === undefined
      ? []
      : [
          `adds and deletes at most ${maxChangedLines} line${maxChangedLines === 1 ? '' : 's'}`,
        ]),
  ];
}

/**
 * Tells the agent what its template's constraints ask of the change. They stand behind all that parameters and the
 * catalog say, and nothing of those is in them.
 */
export function addLimits(
  prompt: Prompt,
  template: Pick<TemplateContent, 'constraints'>,
): Prompt {
  const limits = limitsOfChange(template);
  if (!limits.length) {
    return prompt;
  }
  const text = `\n\nWhatever is said above, the change stays within these limits. Where the work cannot be done within them, change nothing, and say why.\n${limits
    .map(limit => `- The change ${limit}.`)
    .join('\n')}`;
  return {
    text: `${prompt.text}${text}`,
    segments: [...prompt.segments, { text }],
  };
}
