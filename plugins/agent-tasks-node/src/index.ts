/**
 * Extension points of the Agent Tasks backend, and the interfaces behind them.
 *
 * @packageDocumentation
 */
export * from './AgentProvider';
export * from './CodeHost';
export * from './extensionPoints';
export * from './ProviderError';
export * from './RepositoryRef';
