import { LaunchRequest } from '@agent-tasks/plugin-agent-tasks-common';
import { InputError } from '@backstage/errors';
import type { z as Zod } from 'zod/v3';
import { findUnstorable } from '../http/refuseUnstorable';

/** What is to be launched, as a plan and a launch ask for it. The bounds are those of the HTTP API. */
export function launchFields(z: typeof Zod) {
  const ref = z.string().min(1).max(500);
  return {
    template: z
      .string()
      .min(1)
      .max(200)
      .describe('Name of the template, such as bump-dependency'),
    components: z
      .array(ref)
      .min(1)
      .max(50_000)
      .describe(
        'Entity refs of the components, such as component:default/payments-api. Either this or selection',
      )
      .optional(),
    selection: z
      .object({
        filter: z
          .array(z.record(z.array(z.string().max(500)).max(1_000)))
          .max(20)
          .describe(
            'Catalog filters of which one must match, such as [{"spec.system": ["checkout"]}]',
          )
          .optional(),
        search: z
          .string()
          .max(200)
          .describe('A part of the name or title')
          .optional(),
        exclude: z.array(ref).max(50_000).optional(),
      })
      .strict()
      .describe('Components by what the catalog says of them')
      .optional(),
    parameters: z
      .record(z.any())
      .describe('Values for the parameters of the template')
      .optional(),
    priority: z.enum(['low', 'normal', 'high', 'urgent']).optional(),
  };
}

/** Makes the request of the HTTP API of the fields. */
export function toLaunchRequest(input: {
  template: string;
  components?: string[];
  selection?: {
    filter?: Record<string, string[]>[];
    search?: string;
    exclude?: string[];
  };
  parameters?: Record<string, unknown>;
  priority?: 'low' | 'normal' | 'high' | 'urgent';
}): LaunchRequest {
  const problem = findUnstorable(input);
  if (problem !== undefined) {
    throw new InputError(problem);
  }
  const { template, components, selection, parameters, priority } = input;
  if ((components === undefined) === (selection === undefined)) {
    throw new InputError(
      "Give either 'components' or 'selection', and not both.",
    );
  }
  return {
    template,
    parameters: (parameters ?? {}) as LaunchRequest['parameters'],
    ...(components && { components }),
    ...(selection && { selection }),
    ...(priority && { priority }),
  };
}
