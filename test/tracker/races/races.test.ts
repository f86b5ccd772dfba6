import { describe } from 'vitest';
import { sqlite } from '../../engines/engines.ts';
import { raceSuite } from './race-suite.ts';

describe('sqlite', () => raceSuite(sqlite));
