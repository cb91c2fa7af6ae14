/** The thread that simulates a park's meters. */

import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { compile } from '../../../models/carbon/compile.ts';
import type { Park } from '../../../models/park/park.ts';
import { createSimulator } from '../../../models/simulate/simulator.ts';
import type { WorkerAnswer } from '../../process/worker.ts';

type Question = { id: number } & ({ kind: 'hello' } | { kind: 'readings'; from: number; to: number } | { kind: 'close' });

const { park } = workerData as SimulatorSettings;
const port = parentPort as MessagePort;
const simulator = createSimulator(compile(park), park.simulation);
const own = new Set(park.points.filter((point) => point.source.type === 'simulator').map((point) => point.id));

function answer(question: Question): WorkerAnswer {
  const { id } = question;
  if (question.kind !== 'readings') return { id };
  try {
    return { id, result: simulator.readings(question.from, question.to).filter((reading) => own.has(reading.point)) };
  } catch (error) {
    return { id, error: { code: 'failed', message: `the simulator failed: ${(error as Error).message}` } };
  }
}

port.on('message', (question: Question) => {
  port.postMessage(answer(question));
  if (question.kind === 'close') port.close();
});

export interface SimulatorSettings {
  park: Park;
}
