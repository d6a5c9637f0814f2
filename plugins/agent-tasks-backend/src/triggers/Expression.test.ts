import { JsonValue } from '@backstage/types';
import fc from 'fast-check';
import { Expression, ExpressionError } from './Expression';

const event = {
  action: 'created',
  alert: {
    number: 7,
    dependency: { package: { name: 'lodash', ecosystem: 'npm' } },
    security_advisory: { severity: 'critical' },
  },
  commits: [{ modified: ['a.ts', 'b.md'] }, { modified: ['c.md'] }],
  long: `${'a'.repeat(60)}b`,
};

function evaluate(text: string, given: JsonValue = event) {
  return Expression.parse(text).evaluate({
    event: given,
    kind: 'dependabot_alert',
    repository: 'acme/shop',
  });
}

describe('An expression', () => {
  it.each<[string, JsonValue]>([
    ['event.alert.dependency.package.name', 'lodash'],
    ['event.alert.number', 7],
    ['size(event.commits)', 2],
    [
      "event.alert.dependency.package.name + '@' + kind",
      'lodash@dependabot_alert',
    ],
    ["event.alert.security_advisory.severity in ['high', 'critical']", true],
    ["has(event.alert.fixed_at) || event.action == 'created'", true],
    ["event.commits.exists(c, c.modified.exists(f, f.endsWith('.ts')))", true],
    [
      "['component:default/' + repository.split('/')[1]]",
      ['component:default/shop'],
    ],
    ["{'name': event.alert.dependency.package.name}", { name: 'lodash' }],
    ["event.alert.?ghsa.orValue('none')", 'none'],
  ])('%s gives %j', (text, value) => {
    expect(evaluate(text)).toEqual(value);
  });

  it('does not find what the event does not have', () => {
    expect(() => evaluate('event.alert.package')).toThrow(
      "The expression 'event.alert.package' does not work: No such key: package.",
    );
  });

  it.each([
    'event.constructor',
    'event["__proto__"]',
    'event.alert.toString',
    'kind.constructor',
    'event.commits.map',
    'event.constructor.constructor',
  ])('reaches nothing behind the event by %s', text => {
    expect(() => evaluate(text)).toThrow(ExpressionError);
  });

  it.each([
    'process.exit(1)',
    'require("fs")',
    'globalThis',
    'eval("1")',
    'event.commits.map(c, process)',
    'event =',
    '1 +',
    '',
    'function() {}',
    'event.a; event.b',
    `${'('.repeat(200)}1${')'.repeat(200)}`,
    Array(1200).fill('1').join('+'),
  ])('cannot be %s', text => {
    expect(() => Expression.parse(text)).toThrow(ExpressionError);
  });

  it.each([
    ['a pattern that explodes', "event.long.matches('^(a+)+$')"],
    [
      'lists in lists',
      ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].reduce(
        (inner, name) => `[1,2,3,4,5,6,7,8,9,10].map(${name}, ${inner})`,
        '1',
      ),
    ],
  ])('is stopped where it takes too long: %s', (_what, text) => {
    const began = performance.now();
    expect(() => evaluate(text)).toThrow('takes longer than 200 ms');
    expect(performance.now() - began).toBeLessThan(5000);
    // The next one is not affected.
    expect(evaluate('event.alert.number')).toBe(7);
  });

  it('gives no more than can be stored', () => {
    expect(() =>
      evaluate('[event, event, event, event]', { a: 'x'.repeat(20_000) }),
    ).toThrow('more than 64 kB');
    expect(() =>
      evaluate(
        "timestamp('2026-01-01T00:00:00Z') - timestamp('2025-01-01T00:00:00Z')",
      ),
    ).toThrow(ExpressionError);
    expect(() => evaluate('b"abc"')).toThrow(ExpressionError);
    expect(() => evaluate('1.0 / 0.0')).toThrow(ExpressionError);
  });

  it('fails in no other way, whatever the event and the text are', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.constantFrom(
            'event',
            'event.a',
            'event[0]',
            'event.a.b + kind',
            'size(event)',
          ),
        ),
        fc.jsonValue(),
        (text, given) => {
          let value: JsonValue = null;
          let error: unknown = new ExpressionError();
          try {
            value = evaluate(text, given as JsonValue);
          } catch (thrown) {
            error = thrown;
          }
          expect(JSON.parse(JSON.stringify(value))).toEqual(value);
          expect(error).toBeInstanceOf(ExpressionError);
        },
      ),
    );
  });
});
