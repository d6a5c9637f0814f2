import { CounterValues } from '@agent-tasks/github-simulator';
import { countRequests } from './countRequests';

describe('countRequests', () => {
  it('counts every request once, by what it is for', () => {
    const byRoute = {
      'POST /agents/repos/{owner}/{repo}/tasks': 1,
      'GET /agents/tasks': 2,
      'GET /agents/repos/{owner}/{repo}/tasks/{task_id}': 3,
      'POST /graphql': 4,
      'GET /repos/{owner}/{repo}/pulls/{pull_number}': 5,
      'POST /app/installations/{installation_id}/access_tokens': 6,
      'GET /repos/{owner}/{repo}/installation': 7,
      'PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge': 8,
      'GET /rate_limit': 9,
    };
    const { byPurpose, total, notModified } = countRequests({
      requests: 45,
      byRoute,
      notModified: 2,
    } as unknown as CounterValues);
    expect(byPurpose).toEqual({
      start: 1,
      watch: 5,
      read: 9,
      tokens: 13,
      change: 8,
      other: 9,
    });
    expect(total).toBe(45);
    expect(notModified).toBe(2);
  });
});
