import { Router } from 'express';
import { SimulatorContext } from '../SimulatorContext';

/** Serves `POST /api/graphql`. */
export function createGraphqlRouter(_context: SimulatorContext): Router {
  return Router();
}
