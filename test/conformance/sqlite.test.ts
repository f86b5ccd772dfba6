import { describe } from 'vitest';
import { sqlite } from '../engines/engines.ts';
import { conformanceSuite } from './suite.ts';

describe('sqlite', () => conformanceSuite(sqlite));
