import { Prompt } from '@agent-tasks/plugin-agent-tasks-common';

/**
 * One prompt that asks for what several did, each in a section of its own. Where all of them ask for the same, it is asked
 * for once.
 */
export function joinPrompts(
  tasks: readonly { prompt: Prompt; components: readonly string[] }[],
): Prompt {
  const parts: { prompt: Prompt; components: string[] }[] = [];
  for (const { prompt, components } of tasks) {
    const same = parts.find(part => part.prompt.text === prompt.text);
    if (same) {
      same.components.push(...components);
    } else {
      parts.push({ prompt, components: [...components] });
    }
  }
  if (parts.length === 1) {
    return parts[0].prompt;
  }
  const segments: Prompt['segments'] = [
    {
      text: `This task has ${parts.length} parts, for different components of one repository. Do all of them, in one change.\n`,
    },
    ...parts.flatMap(({ prompt, components }, index) => [
      {
        text: `\n## Part ${index + 1} of ${parts.length}: ${[...new Set(components)].sort().join(', ')}\n\n`,
      },
      ...prompt.segments,
      { text: '\n' },
    ]),
  ];
  return { text: segments.map(segment => segment.text).join(''), segments };
}
