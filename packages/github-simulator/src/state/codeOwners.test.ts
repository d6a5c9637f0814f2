import { ownersOf, parseCodeOwners } from './codeOwners';

const rules = parseCodeOwners(`
# comment
*                 @acme/all
*.js              @js # trailing
/docs/            @docs
apps/             @apps
/build/logs/      @logs
docs/*            @direct
**/secret         @secret
/src/generated
`);

test.each([
  ['README.md', ['@acme/all']],
  ['src/a.js', ['@js']],
  ['docs/deep/a.md', ['@docs']],
  ['docs/a.md', ['@direct']],
  ['x/apps/a.txt', ['@apps']],
  ['build/logs/1.txt', ['@logs']],
  ['x/build/logs/1.txt', ['@acme/all']],
  ['a/b/secret', ['@secret']],
  ['src/generated/x.ts', []],
])('%s is owned by %j', (path, owners) => {
  expect(ownersOf({ rules, path })).toEqual(owners);
});
