/** Where the parts of the portal answer, without a trailing slash. */
export interface PortalAddresses {
  app: string;
  backend: string;
  simulator: string;
}

// Playwright runs tests in processes of their own, which inherit the environment and nothing else.
const VARIABLES: Record<keyof PortalAddresses, string> = {
  app: 'PORTAL_APP_URL',
  backend: 'PORTAL_BACKEND_URL',
  simulator: 'PORTAL_SIMULATOR_URL',
};

/** The addresses in the environment; undefined unless all are there. */
export function readAddresses(): PortalAddresses | undefined {
  const app = process.env[VARIABLES.app];
  const backend = process.env[VARIABLES.backend];
  const simulator = process.env[VARIABLES.simulator];
  return app && backend && simulator ? { app, backend, simulator } : undefined;
}

export function writeAddresses(addresses: PortalAddresses): void {
  process.env[VARIABLES.app] = addresses.app;
  process.env[VARIABLES.backend] = addresses.backend;
  process.env[VARIABLES.simulator] = addresses.simulator;
}
