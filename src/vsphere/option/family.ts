import type { Family } from '../core/behaviour.js'
import { optionOperations } from './operations.js'

export const optionFamily: Family = { name: 'option', operations: [optionOperations] }
