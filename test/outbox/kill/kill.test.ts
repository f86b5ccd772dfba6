import { describe } from 'vitest';
import { sqlite } from '../../engines/engines.ts';
import { killSuite } from './kill-suite.ts';

describe('sqlite', () => killSuite(sqlite, 40));
