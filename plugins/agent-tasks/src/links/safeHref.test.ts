import { safeHref } from './safeHref';

describe('safeHref', () => {
  it.each([
    'https://github.example.com/acme/api/pull/1',
    'http://localhost:7008/acme/api/pull/1',
  ])('lets %s through', address => {
    expect(safeHref(address)).toBe(address);
  });

  it.each([
    'javascript:alert(1)',
    ' JaVaScRiPt:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    'file:///etc/passwd',
    '//evil.example.com',
    '/relative',
    'no address at all',
    '',
    undefined,
  ])('refuses %p', address => {
    expect(safeHref(address)).toBeUndefined();
  });
});
