import { nextPage } from './nextPage';

describe('nextPage', () => {
  it.each([
    [undefined, undefined],
    ['', undefined],
    ['<https://api.github.com/x?page=1>; rel="prev"', undefined],
    [
      '<https://api.github.com/x?page=1>; rel="prev", <https://api.github.com/x?a=1,2&page=3>; rel="next"',
      'https://api.github.com/x?a=1,2&page=3',
    ],
    [
      '<https://api.github.com/x?page=2>; rel="next", <https://api.github.com/x?page=9>; rel="last"',
      'https://api.github.com/x?page=2',
    ],
  ])('finds the next page of %s', (link, next) => {
    expect(nextPage(link)).toBe(next);
  });
});
