import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// A page with a form takes a second or two on a small machine that runs other tests beside.
jest.setTimeout(60_000);
configure({ asyncUtilTimeout: 10_000 });

// Notices of libraries about their own next versions, and about CSS that jsdom cannot parse, would bury what our code
// says.
const notices =
  /findDOMNode is deprecated|React Router Future Flag Warning|The prop `rows` of|\[JSS\]|is deprecated and will be removed/;
for (const level of ['error', 'warn'] as const) {
  // eslint-disable-next-line no-console
  const write = console[level];
  // eslint-disable-next-line no-console
  console[level] = (...values: unknown[]) => {
    if (!notices.test(values.slice(0, 3).join(' '))) {
      write(...values);
    }
  };
}
