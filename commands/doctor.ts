import type { Terminal } from './terminal.ts';
export async function doctor(_terminal: Terminal): Promise<void> {}
