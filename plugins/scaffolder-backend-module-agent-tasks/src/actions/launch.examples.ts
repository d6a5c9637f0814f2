import { TemplateExample } from '@backstage/plugin-scaffolder-node';
import * as yaml from 'yaml';

/** Steps that launch, as they stand in templates of the scaffolder. */
export const launchExamples: TemplateExample[] = [
  {
    description: 'Launch on one component',
    example: yaml.stringify({
      steps: [
        {
          id: 'launch',
          name: 'Bump axios',
          action: 'agent-tasks:launch',
          input: {
            template: 'bump-dependency',
            components: ['${{ parameters.component }}'],
            parameters: { dependency: 'axios', version: '1.12.2' },
          },
        },
      ],
    }),
  },
  {
    description:
      'Launch on all services of a system, and only if all of them can be',
    example: yaml.stringify({
      steps: [
        {
          id: 'launch',
          name: 'Fix lint',
          action: 'agent-tasks:launch',
          input: {
            template: 'fix-lint',
            selection: {
              filter: [
                {
                  kind: ['component'],
                  'spec.type': ['service'],
                  'spec.system': ['${{ parameters.system }}'],
                },
              ],
            },
            parameters: { rule: 'no-unused-vars' },
            onExcluded: 'fail',
          },
        },
      ],
    }),
  },
];
