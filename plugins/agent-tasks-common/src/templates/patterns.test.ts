import { findPatternProblem, matchesPattern } from './patterns';

describe('findPatternProblem', () => {
  it.each([
    '^(@[a-z0-9~-][a-z0-9._~-]*/)?[a-z0-9~-][a-z0-9._~-]*$',
    '^\\d+\\.\\d+\\.\\d+(-[0-9A-Za-z.-]+)?(\\+[0-9A-Za-z.-]+)?$',
    '^(@?[a-z0-9][a-z0-9-]*/)*[a-z0-9][a-z0-9-]*$',
    '^[^\\s,]+(,[^\\s,]+)*$',
    '^\\S+@\\S+\\.\\S+$',
    '^(GHSA(-[0-9a-z]{4}){3}|CVE-\\d{4}-\\d{4,7})$',
    '^[a-z]{1,63}(\\.[a-z]{1,63}){0,8}$',
    '(a|b)*c',
    '(a|ab)*c',
    '^(?:\\d{1,3}\\.){3}\\d{1,3}$',
    '^(?<year>\\d{4})-\\d\\d$',
    '\\p{L}+',
    '[^\\]]*',
    '\\bword\\b',
    '^$',
    '',
  ])('takes %s', pattern => {
    expect(findPatternProblem(pattern)).toBeUndefined();
  });

  it.each([
    '^(a+)+$',
    '^(\\w+\\s?)*$',
    '(a|a)*b',
    '(a|aa)*b',
    '(a|a?)+b',
    '(a*)*b',
    '([a-z]+)*!',
    '(x+x+)+y',
    '^(([a-z])+.)+[A-Z]([a-z])+$',
    '(.*)*',
    '(a.*b.*)*c',
    '^([0-9a-f]+:?){1,99}$',
    '(\\d+|[0-9]x?)*y',
    '(?:.|\\w)*!',
    '(\\u0061|a)*b',
  ])('refuses %s, which explodes', pattern => {
    expect(findPatternProblem(pattern)).toMatch(/^explodes: /);
  });

  it.each(['(?=a)b', '(?<!a)b', '(a)\\1', '(', '[z-a]', 'a{2,1}', '*'])(
    'refuses %s, which is no pattern here',
    pattern => {
      expect(findPatternProblem(pattern)).toMatch(
        /^is no pattern that can be used \(.+\)\. Lookaheads/,
      );
    },
  );

  it.each([
    '((a{100}){100}){100}',
    '(((((a{20}){20}){20}){20}){20}){20}',
    'a{1000}b{1000}c{1000}d{1000}e{1000}f{1000}',
  ])('refuses %s, which grows, before it is written out', pattern => {
    const began = performance.now();
    expect(findPatternProblem(pattern)).toMatch(
      /^stands for more than 5000 characters/,
    );
    expect(performance.now() - began).toBeLessThan(500);
  });

  it('refuses what nobody can read', () => {
    expect(findPatternProblem('a'.repeat(1001))).toBe(
      'has 1001 characters; a pattern has at most 1000. Shorten it.',
    );
  });

  it('has an answer soon for a long pattern that is not simple', () => {
    const began = performance.now();
    findPatternProblem(`^(${'(a|b)?c*'.repeat(80)})*$`);
    expect(performance.now() - began).toBeLessThan(5000);
  });
});

describe('matchesPattern', () => {
  it('matches anywhere, as JSON Schema says', () => {
    expect(matchesPattern('b+', 'abc')).toBe(true);
    expect(matchesPattern('^b+$', 'abc')).toBe(false);
  });

  it('matches nothing by what is no pattern', () => {
    expect(matchesPattern('(', '(')).toBe(false);
  });
});
