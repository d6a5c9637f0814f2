/** One entry of the `errors` list in GitHub's validation errors. @public */
export interface GitHubErrorDetail {
  resource?: string;
  field?: string;
  code: string;
  message?: string;
}

/**
 * A request that GitHub refuses.
 *
 * REST answers with `status` and GitHub's error body; GraphQL turns it into an entry of `errors`.
 *
 * @public
 */
export class GitHubError extends Error {
  readonly status: number;
  readonly errors?: GitHubErrorDetail[];
  readonly documentationUrl: string;
  /** Such as `retry-after`. */
  readonly headers: Record<string, string>;

  constructor(
    status: number,
    message: string,
    options: {
      errors?: GitHubErrorDetail[];
      documentationUrl?: string;
      headers?: Record<string, string>;
    } = {},
  ) {
    super(message);
    this.name = 'GitHubError';
    this.status = status;
    this.errors = options.errors;
    this.documentationUrl =
      options.documentationUrl ?? 'https://docs.github.com/rest';
    this.headers = options.headers ?? {};
  }

  static notFound(): GitHubError {
    return new GitHubError(404, 'Not Found');
  }

  static validation(
    message: string,
    errors?: GitHubErrorDetail[],
  ): GitHubError {
    return new GitHubError(422, message, { errors });
  }
}
