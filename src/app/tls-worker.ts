import { parentPort, workerData } from 'node:worker_threads'
import { type IssueRequest, issue } from './tls-issue.js'

// The body of the thread that tls.ts starts: one request as workerData, one answer as a message.
parentPort?.postMessage(await issue(workerData as IssueRequest))
