import type { Terminal } from './terminal.ts';
export async function check(_terminal: Terminal, _file: string): Promise<void> {}
