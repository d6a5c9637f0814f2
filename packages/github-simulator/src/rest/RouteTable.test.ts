import { operations } from './operations';
import { RouteTable } from './RouteTable';

const table = RouteTable.create(operations);

function find(request: string) {
  const [method, path] = request.split(' ');
  const found = table.find({ method, path });
  return found && [found.operation.path, found.params];
}

describe('RouteTable', () => {
  it.each([
    ['GET /user', '/user', {}],
    ['GET /repos/o/r', '/repos/{owner}/{repo}', { owner: 'o', repo: 'r' }],
    [
      'GET /repos/o/r/contents/a/b%20c.md',
      '/repos/{owner}/{repo}/contents/{path}',
      { owner: 'o', repo: 'r', path: 'a/b c.md' },
    ],
    [
      'GET /repos/o/r/branches/copilot/fix-it',
      '/repos/{owner}/{repo}/branches/{branch}',
      { owner: 'o', repo: 'r', branch: 'copilot/fix-it' },
    ],
    [
      'GET /repos/o/r/commits/copilot/fix-it/check-runs',
      '/repos/{owner}/{repo}/commits/{ref}/check-runs',
      { owner: 'o', repo: 'r', ref: 'copilot/fix-it' },
    ],
    [
      'GET /repos/o/r/commits/abc/status',
      '/repos/{owner}/{repo}/commits/{ref}/status',
      { owner: 'o', repo: 'r', ref: 'abc' },
    ],
    [
      'DELETE /repos/o/r/git/refs/heads/a/b',
      '/repos/{owner}/{repo}/git/refs/{ref}',
      { owner: 'o', repo: 'r', ref: 'heads/a/b' },
    ],
    [
      'DELETE /repos/o/r/git/refs/heads%2Fa',
      '/repos/{owner}/{repo}/git/refs/{ref}',
      { owner: 'o', repo: 'r', ref: 'heads/a' },
    ],
  ])('finds %s', (request, path, params) => {
    expect(find(request)).toEqual([path, params]);
  });

  it.each([
    'POST /user',
    'GET /repos/o',
    'GET /repos/o/r/stargazers',
    'GET /',
    'GET /repos/o/r/pulls/1/files/x',
  ])('serves nothing at %s', request => {
    expect(find(request)).toBeUndefined();
  });
});
