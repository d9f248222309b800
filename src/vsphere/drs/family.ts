import type { Family } from '../core/behaviour.js'
import { drsOperations } from './operations.js'

/** DRS: where VMs go at power-on, and what it recommends. */
export const drsFamily: Family = { name: 'drs', operations: [drsOperations] }
