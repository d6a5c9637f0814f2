import { configure, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createPortalApp } from './App';

// The whole app is loaded and compiled, on a machine that runs other tests at the same time.
jest.setTimeout(60_000);
configure({ asyncUtilTimeout: 30_000 });

const config = {
  app: {
    title: 'Acme Portal',
    baseUrl: 'http://localhost',
    extensions: [
      {
        'app/routes': {
          config: { redirects: [{ from: '/', to: '/catalog' }] },
        },
      },
    ],
  },
  backend: { baseUrl: 'http://localhost:7007' },
};

/** Answers like a backend that holds nothing. */
async function answer(input: RequestInfo | URL, init?: RequestInit) {
  const request = new Request(input, init);
  const { pathname } = new URL(request.url);
  if (pathname === '/api/auth/persona/refresh') {
    const name = request.headers.get('x-agent-tasks-persona');
    return name === 'dana'
      ? Response.json({
          profile: { displayName: 'Dana Okafor' },
          backstageIdentity: {
            token: `x.${btoa(JSON.stringify({ exp: 4e9 }))}.x`,
            identity: {
              type: 'user',
              userEntityRef: 'user:default/dana',
              ownershipEntityRefs: ['user:default/dana'],
            },
          },
        })
      : Response.json(
          {
            error: { name: 'NotFoundError', message: `No user ${name}` },
            request: { method: request.method, url: pathname },
            response: { statusCode: 404 },
          },
          { status: 404 },
        );
  }
  return Response.json({ items: [], totalItems: 0, pageInfo: {}, facets: {} });
}

/** Opens the app with its configuration where the backend puts it: into the page. */
function open(environment?: string) {
  const script = document.createElement('script');
  script.type = 'backstage.io/config';
  script.textContent = JSON.stringify([
    { context: 'test', data: { ...config, auth: { environment } } },
  ]);
  document.head.replaceChildren(script);
  return render(createPortalApp().createRoot());
}

describe('App', () => {
  beforeEach(() => {
    window.sessionStorage.clear();
    window.history.replaceState({}, '', '/');
    jest.spyOn(window, 'fetch').mockImplementation(answer);
  });

  afterEach(() => {
    jest.restoreAllMocks();
  });

  it('shows what each persona may do, and lets one in by keyboard', async () => {
    open();
    const list = await screen.findByRole('list', { name: 'Personas' });
    expect(
      within(list)
        .getAllByRole('heading')
        .map(heading => heading.textContent),
    ).toEqual([
      'Developer – Dana Okafor',
      'Team lead – Lee Nakamura',
      'Platform admin – Ada Lindqvist',
    ]);
    const button = screen.getByRole('button', {
      name: 'Sign in as Dana Okafor',
    });
    expect(button).toHaveAccessibleDescription(/launch tasks on what Payments/);

    const user = userEvent.setup();
    await user.tab();
    expect(button).toHaveFocus();
    await user.keyboard('{Enter}');

    expect(
      await screen.findByRole('link', { name: 'Catalog' }),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: 'Agent Tasks' }),
    ).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'Settings' })).toBeInTheDocument();
    expect(window.location.pathname).toBe('/catalog');
  });

  it('remembers who was chosen when the page is loaded again', async () => {
    window.sessionStorage.setItem('agent-tasks.persona', 'dana');
    open();
    expect(
      await screen.findByRole('link', { name: 'Catalog' }),
    ).toBeInTheDocument();
    expect(screen.queryByRole('list', { name: 'Personas' })).toBeNull();
  });

  it('says why somebody cannot be signed in, and offers the choice again', async () => {
    open();
    const user = userEvent.setup();
    await user.type(
      await screen.findByRole('textbox', { name: 'User of the catalog' }),
      'nobody{Enter}',
    );
    expect(
      await screen.findByRole('heading', { name: 'Not signed in as nobody' }),
    ).toBeInTheDocument();
    expect(screen.getByRole('alert')).toHaveTextContent('No user nobody');
    await user.click(
      screen.getByRole('button', { name: 'Choose somebody else' }),
    );
    expect(screen.getByRole('list', { name: 'Personas' })).toBeInTheDocument();
    expect(window.sessionStorage).toHaveLength(0);
  });

  it('offers no personas outside of development', async () => {
    open('production');
    expect(
      await screen.findByRole('heading', { name: 'Sign-in is not set up yet' }),
    ).toBeInTheDocument();
    expect(screen.queryByRole('button')).toBeNull();
  });
});
