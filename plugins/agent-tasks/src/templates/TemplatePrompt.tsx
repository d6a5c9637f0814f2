import type { Prompt } from '@agent-tasks/plugin-agent-tasks-common';
import { useMemo } from 'react';
import { PromptText } from '../task/PromptText';

/** The prompt of a template before it is rendered, with its variables marked. */
export function TemplatePrompt(props: { prompt: string }) {
  const prompt = useMemo(() => markVariables(props.prompt), [props.prompt]);
  return <PromptText prompt={prompt} />;
}

function markVariables(text: string): Prompt {
  return {
    text,
    segments: text
      .split(/(\$\{\{[^{}]*\}\})/)
      .filter(part => part !== '')
      .map(part =>
        part.startsWith('${{')
          ? { text: part, source: part.slice(3, -2).trim() }
          : { text: part },
      ),
  };
}
