import { TemplateExample } from '@backstage/plugin-scaffolder-node';
import * as yaml from 'yaml';

/** Steps that wait, as they stand in templates of the scaffolder. */
export const waitExamples: TemplateExample[] = [
  {
    description: 'Wait until every task has ended, for an hour at most',
    example: yaml.stringify({
      steps: [
        {
          id: 'wait',
          name: 'Wait for the agents',
          action: 'agent-tasks:wait',
          input: { campaignId: '${{ steps.launch.output.campaignId }}' },
        },
      ],
    }),
  },
  {
    description:
      'Wait until people have merged every change, for a day at most',
    example: yaml.stringify({
      steps: [
        {
          id: 'wait',
          name: 'Wait for the reviews',
          action: 'agent-tasks:wait',
          input: {
            campaignId: '${{ steps.launch.output.campaignId }}',
            until: 'merged',
            timeoutSeconds: 86400,
          },
        },
      ],
    }),
  },
];
