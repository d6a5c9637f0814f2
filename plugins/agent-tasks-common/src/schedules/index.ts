export * from './dueTimes';
