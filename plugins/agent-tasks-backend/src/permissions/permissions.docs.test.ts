import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { agentTasksPermissions } from '@agent-tasks/plugin-agent-tasks-common';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { isResourcePermission } from '@backstage/plugin-permission-common';
import { ZodObject } from 'zod';
import { taskPermissionRules } from './taskPermissions';

const root = join(
  resolvePackagePath('@agent-tasks/plugin-agent-tasks-backend'),
  '../..',
);

/** The first two columns of the tables of a document. */
function readRows(path: string): Map<string, string> {
  const rows = new Map<string, string>();
  for (const line of readFileSync(join(root, path), 'utf8').split('\n')) {
    const [, name, what] =
      line.match(/^\| `([^`]+)` *\| *`?([^`|]*?)`? *\|/) ?? [];
    if (name) {
      rows.set(name, what);
    }
  }
  return rows;
}

describe.each(['docs/permissions.md', 'plugins/agent-tasks-backend/README.md'])(
  '%s',
  path => {
    it('says of every permission what it is on', () => {
      const rows = [...readRows(path)].filter(([name]) =>
        name.startsWith('agent-tasks.'),
      );
      expect(Object.fromEntries(rows)).toEqual(
        Object.fromEntries(
          agentTasksPermissions.map(permission => [
            permission.name,
            isResourcePermission(permission) ? permission.resourceType : '',
          ]),
        ),
      );
    });
  },
);

describe('docs/permissions.md', () => {
  it('names every rule with its parameter', () => {
    const rows = readRows('docs/permissions.md');
    for (const { name, paramsSchema } of Object.values(taskPermissionRules)) {
      const { shape } = paramsSchema as unknown as ZodObject;
      expect(rows.get(name)).toBe(Object.keys(shape)[0]);
    }
  });
});
