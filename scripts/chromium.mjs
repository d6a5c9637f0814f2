// The browser that the browser tests drive: one that the machine has.
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
];

const PLACES = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ],
  win32: [
    process.env.PROGRAMFILES,
    process.env['PROGRAMFILES(X86)'],
    process.env.LOCALAPPDATA,
  ]
    .filter(Boolean)
    .map(folder => join(folder, 'Google/Chrome/Application/chrome.exe')),
};

export const HOW_TO_GET_CHROMIUM =
  'install Chromium (Debian, Ubuntu: apt-get install chromium; macOS: brew install --cask chromium) or Google ' +
  'Chrome, or set CHROMIUM_PATH to the program';

/** The path of the browser's program; undefined where there is none. `CHROMIUM_PATH` wins over whatever is found. */
export function findChromium({ env = process.env } = {}) {
  if (env.CHROMIUM_PATH) {
    return existsSync(env.CHROMIUM_PATH) ? env.CHROMIUM_PATH : undefined;
  }
  const folders = (env.PATH ?? '').split(delimiter).filter(Boolean);
  const candidates = [
    ...NAMES.flatMap(name => folders.map(folder => join(folder, name))),
    ...(PLACES[process.platform] ?? []),
  ];
  return candidates.find(existsSync);
}
