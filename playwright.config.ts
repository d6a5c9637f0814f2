import { defineConfig } from '@playwright/test';

/**
 * Browser tests of the whole portal. They share one portal, which `globalSetup` starts as `npm start` does, so they run
 * one after another.
 */
export default defineConfig({
  testDir: 'packages/app/e2e-tests',
  outputDir: 'test-results',
  globalSetup: './packages/app/e2e-tests/startPortal.ts',
  workers: 1,
  fullyParallel: false,
  forbidOnly: Boolean(process.env.CI),
  retries: 0,
  // Generous, for machines that are busy with something else: a test that passes does not wait for them.
  timeout: 300_000,
  expect: { timeout: 45_000 },
  use: {
    baseURL: process.env.PORTAL_APP_URL,
    actionTimeout: 45_000,
    navigationTimeout: 90_000,
    viewport: { width: 1440, height: 900 },
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH || undefined,
      args: [
        // The sandbox does not work for root, which is who runs tests in a container.
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        '--disable-background-networking',
        '--disable-dev-shm-usage',
      ],
    },
  },
});
